/** Signing in by OpenID Connect, as API and console agree on it. */

/** Where the provider sends people back to, below Mailroom's own address. */
export const OIDC_CALLBACK_PATH = '/sign-in/callback'
/** In which parameter of the next page's address an {@link OidcProblem} stands. */
export const OIDC_PROBLEM_PARAMETER = 'problem'

/** In which field of a failed sign-in's record an {@link OidcProblem} stands. */
export const OIDC_PROBLEM_FIELD = 'oidcProblem'

/** Why nobody was signed in. */
export const OidcProblem = {
  /** Too old, used already, or begun in another browser. */
  OIDC_EXPIRED: 'OIDC_EXPIRED',
  /** The person, or the provider, said no. */
  OIDC_REFUSED: 'OIDC_REFUSED',
  /** The provider did not answer as it should. */
  OIDC_FAILED: 'OIDC_FAILED',
  /** Nobody here is this person, or the person is deactivated. */
  OIDC_NOT_ADMITTED: 'OIDC_NOT_ADMITTED',
  /** Somebody with this login name signs in by a password, or as somebody else of the provider. */
  OIDC_NAME_IN_USE: 'OIDC_NAME_IN_USE',
  /** The identity to link is somebody else's here. */
  OIDC_LINKED_ELSEWHERE: 'OIDC_LINKED_ELSEWHERE',
} as const
export type OidcProblem = (typeof OidcProblem)[keyof typeof OidcProblem]
