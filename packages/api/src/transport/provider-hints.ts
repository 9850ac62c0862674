import { DiagnosisProblem } from '@mailroom/shared'

/** What a provider's refusal of a name and password really means. */
interface ProviderHint {
  /** The provider's servers; left out where the words are its own. */
  readonly host?: RegExp
  readonly words: RegExp
  readonly problem: DiagnosisProblem
}

/**
 * The first that fits decides. Some providers refuse every account password in the words of a wrong
 * one; those are known by their host as well.
 */
const HINTS: readonly ProviderHint[] = [
  // Google, SMTP "534-5.7.9 Application-specific password required … ?p=InvalidSecondFactor" and IMAP
  // "NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833".
  {
    words: /application[- ]specific password required|p=InvalidSecondFactor/i,
    problem: DiagnosisProblem.APP_PASSWORD_REQUIRED,
  },
  // Google, SMTP "535-5.7.8 Username and Password not accepted … ?p=BadCredentials" and "534-5.7.14 Please
  // log in via your web browser … ?p=WebLoginRequired", IMAP "NO [ALERT] Please log in via your web
  // browser": account passwords have been refused so since May 2022 (support.google.com/accounts/answer/6010255).
  {
    words: /p=(BadCredentials|WebLoginRequired)|log in via your web browser/i,
    problem: DiagnosisProblem.APP_PASSWORD_REQUIRED,
  },
  {
    host: /^(imap|pop|smtp)\.(gmail|googlemail)\.com$/,
    words: /Invalid credentials|Username and password not accepted/i,
    problem: DiagnosisProblem.APP_PASSWORD_REQUIRED,
  },
  // Microsoft, SMTP "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", IMAP of
  // outlook.com "NO Basic authentication is disabled.", POP3 "LogonDenied-BasicAuthBlocked"
  // (learn.microsoft.com: deprecation of basic authentication in Exchange Online). "SmtpClientAuthentication is
  // disabled for the Tenant" has the same code and is none of these: an administrator must allow sending.
  {
    words: /basic authentication is (disabled|blocked)|BasicAuth(Blocked|Disabled)/i,
    problem: DiagnosisProblem.OAUTH_REQUIRED,
  },
  // Microsoft 365 over IMAP and POP3 refuses every password by "NO AUTHENTICATE failed.", "NO LOGIN failed."
  // and "-ERR Logon failure: unknown user name or bad password." since basic authentication ended there.
  {
    host: /^(outlook\.office365\.com|imap-mail\.outlook\.com|pop-mail\.outlook\.com)$/,
    words: /(AUTHENTICATE|LOGIN) failed|Logon failure|Authentication failure/i,
    problem: DiagnosisProblem.OAUTH_REQUIRED,
  },
  // Yahoo and AOL: "NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials", "535 5.7.0 (#AUTH005) Too many bad
  // auth attempts." for every account password since 2020 (help.yahoo.com/kb/SLN15241).
  {
    host: /^(imap|pop|smtp|export\.imap)\.(mail\.yahoo|aol)\.com$/,
    words: /Invalid credentials|Incorrect username or password|#AUTH\d/i,
    problem: DiagnosisProblem.APP_PASSWORD_REQUIRED,
  },
  // iCloud: "NO [AUTHENTICATIONFAILED] Authentication failed" and "535 5.7.0 authentication failed" for every
  // Apple account password (support.apple.com/102654).
  {
    host: /^(p\d+-)?(imap|smtp)\.mail\.me\.com$/,
    words: /Authentication failed/i,
    problem: DiagnosisProblem.APP_PASSWORD_REQUIRED,
  },
  // The same in any other server's words.
  {
    words: /app(lication)?[- ](specific )?password (is )?(required|needed)/i,
    problem: DiagnosisProblem.APP_PASSWORD_REQUIRED,
  },
]

/**
 * The problem behind a refused password, where the provider is known to mean more than "wrong
 * password" by it. `said` is the server's answer, its code included.
 */
export function providerHint(said: string, host: string): DiagnosisProblem | undefined {
  const name = host.toLowerCase().replace(/\.$/, '')
  return HINTS.find((hint) => (hint.host?.test(name) ?? true) && (hint.words?.test(said) ?? true))
    ?.problem
}

/** Whether a server takes nothing but OAuth 2.0 tokens. */
export function offersOnlyOAuth(mechanisms: readonly string[]): boolean {
  return (
    mechanisms.length > 0 &&
    mechanisms.every((name) => ['XOAUTH2', 'OAUTHBEARER', 'XOAUTH'].includes(name.toUpperCase()))
  )
}
