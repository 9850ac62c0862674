import { describe, expect, it } from 'vitest'
import { offersOnlyOAuth, providerHint } from './provider-hints.js'

describe('providerHint', () => {
  it.each([
    [
      'smtp.gmail.com',
      '534 5.7.9 Application-specific password required. For more information, go to 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor x - gsmtp',
      'APP_PASSWORD_REQUIRED',
    ],
    [
      'relay.example.com',
      '535 5.7.8 Username and Password not accepted. For more information, go to 5.7.8  https://support.google.com/mail/?p=BadCredentials x - gsmtp',
      'APP_PASSWORD_REQUIRED',
    ],
    [
      'imap.gmail.com',
      'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
      'APP_PASSWORD_REQUIRED',
    ],
    [
      'imap.gmail.com',
      'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)',
      'APP_PASSWORD_REQUIRED',
    ],
    [
      'smtp.office365.com',
      '535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [BM1P287CA0015.INDP287.PROD.OUTLOOK.COM]',
      'OAUTH_REQUIRED',
    ],
    ['imap-mail.outlook.com', 'NO [] Basic authentication is disabled.', 'OAUTH_REQUIRED'],
    ['Outlook.Office365.com.', 'NO [] AUTHENTICATE failed.', 'OAUTH_REQUIRED'],
    ['outlook.office365.com', '-ERR Logon failure: LogonDenied-BasicAuthBlocked', 'OAUTH_REQUIRED'],
    [
      'imap.mail.yahoo.com',
      'NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials',
      'APP_PASSWORD_REQUIRED',
    ],
    [
      'imap.mail.me.com',
      'NO [AUTHENTICATIONFAILED] Authentication failed',
      'APP_PASSWORD_REQUIRED',
    ],
  ])('of %s: %s', (host, said, problem) => {
    expect(providerHint(said, host)).toBe(problem)
  })

  it.each([
    ['mail.example.co.jp', '535 5.7.8 Error: authentication failed'],
    ['mail.example.co.jp', 'NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials'],
    ['exchange.example.co.jp', 'NO [] AUTHENTICATE failed.'],
    ['imap.gmail.com', 'NO [ALERT] Too many simultaneous connections. (Failure)'],
    ['imap.gmail.com.example.co.jp', 'NO [AUTHENTICATIONFAILED] Invalid credentials'],
    [
      'smtp.office365.com',
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
    ],
  ])('none of %s: %s', (host, said) => {
    expect(providerHint(said, host)).toBeUndefined()
  })
})

it.each([
  [['XOAUTH2'], true],
  [['OAUTHBEARER', 'xoauth2'], true],
  [['PLAIN', 'XOAUTH2'], false],
  [[], false],
])('knows whether %j is OAuth only', (mechanisms, only) => {
  expect(offersOnlyOAuth(mechanisms)).toBe(only)
})
