/** The provider of OpenID Connect at which people of this installation sign in. */
export interface OidcConfig {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string
  /** What the button calls it. */
  readonly name: string
  /** Which claim is compared with login names at somebody's first sign-in. */
  readonly loginClaim: string
  /** Whether somebody who is not known yet is added. */
  readonly addsPeople: boolean
}
