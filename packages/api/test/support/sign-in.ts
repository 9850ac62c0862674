/** Signing in as any client does it. */
export const SIGN_IN =
  'mutation ($loginName: String!, $password: String!) { signIn(loginName: $loginName, password: $password) { id loginName displayName role } }'
