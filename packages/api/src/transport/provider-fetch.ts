import type { CustomFetch } from 'openid-client'
import type { AddressPolicy } from './address-policy.js'
import { guardedFetch } from './guarded-fetch.js'

/** Guarded HTTPS as openid-client asks for it. */
export const providerFetch =
  (policy: AddressPolicy): CustomFetch =>
  (url, { method, headers, body, signal }) =>
    guardedFetch(policy, url, {
      method,
      headers:
        body instanceof URLSearchParams
          ? { ...headers, 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }
          : headers,
      body: body instanceof URLSearchParams ? body.toString() : textOf(body),
      signal,
    })

function textOf(body: unknown): string | undefined {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return body
  throw new Error('the library sends a body that is no text')
}
