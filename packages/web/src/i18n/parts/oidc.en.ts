import type { OidcWords } from './oidc.ja.js'

export const words: OidcWords = {
  oidc: {
    signIn: 'Sign in with {name}',
    or: 'or',
    title: 'Link with {name}',
    linked: 'Linked: besides your password you can sign in with {name}.',
    linkedOnly: 'Linked: you sign in with {name}.',
    notLinked: 'Once linked, you can sign in with {name} besides your password.',
    link: 'Link',
    unlink: 'Remove the link',
    unlinkTitle: 'Remove the link?',
    unlinkBody: 'From now on, sign in with your password.',
    unlinked: 'The link has been removed.',
    problems: {
      OIDC_EXPIRED:
        'That took too long, or began in another browser, and was not finished. Try again.',
      OIDC_REFUSED: 'The sign-in was cancelled.',
      OIDC_FAILED:
        'The provider did not answer as it should. Try again later; if it goes on, tell your administrator.',
      OIDC_NOT_ADMITTED:
        'This person may not use Mailroom. If that is wrong, tell your administrator.',
      OIDC_NAME_IN_USE:
        'Somebody with this login name signs in another way. If that is you, sign in that way and link it in your profile.',
      OIDC_LINKED_ELSEWHERE: 'This account at the provider is linked with somebody else here.',
    },
  },
}
