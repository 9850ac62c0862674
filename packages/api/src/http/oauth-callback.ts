import { createHash } from 'node:crypto'
import { OAUTH_CHANNEL, type Language } from '@mailroom/shared'
import type { IncomingMessage } from 'node:http'
import type { Express, Request, Response } from 'express'
import { actorOf, personIn } from '../auth/caller.js'
import type { SessionService } from '../auth/session.service.js'
import { AppError } from '../errors.js'
import type { Sentence } from '../language.js'
import type { OAuthGrantService } from '../oauth/oauth-grant.service.js'
import type { SessionCookie } from './cookies.js'
import { ROUTES } from './routes.js'

interface CallbackParts {
  readonly grants: OAuthGrantService
  readonly sessions: SessionService
  readonly cookie: SessionCookie
  readonly addressOf: (request: IncomingMessage) => string
  readonly languageOf: (request: IncomingMessage) => Promise<Language>
}

/**
 * By a channel of this origin rather than `window.opener`: having been at the provider, the window
 * has none (Cross-Origin-Opener-Policy). Nothing but the grant's id is told.
 */
const SCRIPT = `const grantId = document.body.dataset.grant
const channel = new BroadcastChannel('${OAUTH_CHANNEL}')
channel.postMessage({ grantId: grantId === '' ? null : grantId })
channel.close()
if (grantId !== '') setTimeout(() => window.close(), 500)`
const STYLE =
  'body{font:16px/1.7 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem;color-scheme:light dark;word-break:auto-phrase}h1{font-size:1.25rem}'

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const POLICY = `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const GRANTED = (mailbox: string): Sentence => ({
  ja: `${mailbox} へのアクセスが許可されました。このウィンドウは閉じてかまいません。`,
  en: `Access to ${mailbox} has been granted. You can close this window.`,
})
const FAILED: Sentence = {
  ja: '問題が起きました。Mailroomの画面からもう一度お試しください。',
  en: 'Something went wrong. Try again from Mailroom.',
}
const TITLE: Sentence = { ja: 'プロバイダーへのサインイン', en: 'Signing in at the provider' }

/** Serves the address to which providers send people back (RFC 6749 section 4.1.2). */
export function serveOAuthCallback(app: Express, parts: CallbackParts): void {
  app.get(ROUTES.oauthCallback, async (request, response, next) => {
    const language = await parts.languageOf(request)
    try {
      const grant = await finish(parts, request)
      sendPage(response, 200, language, GRANTED(grant.mailbox)[language], grant.id)
    } catch (error) {
      const sentence = error instanceof AppError ? error.sentence : FAILED
      sendPage(response, error instanceof AppError ? 400 : 500, language, sentence[language], '')
      if (!(error instanceof AppError)) next(error)
    }
  })
}

async function finish({ grants, sessions, cookie, addressOf }: CallbackParts, request: Request) {
  const sessionToken = cookie.read(request)
  const user = sessionToken === undefined ? undefined : await sessions.userOf(sessionToken)
  const person = personIn({ user, sessionToken })
  const query = new URL(request.originalUrl, 'http://localhost').searchParams
  const by = actorOf(user, addressOf(request))
  return grants.finish(by, person, query)
}

function sendPage(
  response: Response,
  status: number,
  language: Language,
  text: string,
  grantId: string,
): void {
  response
    .status(status)
    .set('content-security-policy', POLICY)
    .set('cache-control', 'no-store')
    .type('html')
    .send(
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${TITLE[language]} – Mailroom</title><style>${STYLE}</style></head><body data-grant="${grantId}"><main><h1>${TITLE[language]}</h1><p>${escapeHtml(text)}</p></main><script>${SCRIPT}</script></body></html>`,
    )
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
