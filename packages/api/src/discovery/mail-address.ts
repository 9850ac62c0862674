import { parseEmail } from '@mailroom/shared'
import { domainToASCII } from 'node:url'

/** The address to find settings for. */
export interface MailAddress {
  readonly address: string
  readonly localPart: string
  /** In ASCII (RFC 5891), as the DNS and the files of providers have it. */
  readonly domain: string
}

/** Reads an address that validation has let through; undefined where its domain has no ASCII form. */
export function readMailAddress(email: string): MailAddress | undefined {
  const parts = parseEmail(email)
  const domain = parts === undefined ? '' : domainToASCII(parts.domain)
  if (parts === undefined || domain === '') return undefined
  return { address: `${parts.localPart}@${domain}`, localPart: parts.localPart, domain }
}
