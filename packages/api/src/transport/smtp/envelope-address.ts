import { domainToASCII } from 'node:url'
import { readAddress, type EnvelopeAddress } from '@mailroom/shared'

/** An address as an envelope takes it; undefined for what is none. */
export function parseEnvelopeAddress(text: string): EnvelopeAddress | undefined {
  const read = readAddress(text, domainToASCII)
  return typeof read === 'string' ? undefined : read
}
