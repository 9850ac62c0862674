import { parseAddressHeader, type EmailAddress } from 'mailparser'
import type { Bounds } from './bounds.ts'
import { unifyWords } from './encoded-words.ts'
import type { ParsedAddress } from './parsed-message.ts'
import { ADDRESSES_MAX, ADDRESS_MAX_LENGTH, NAME_MAX_LENGTH } from './parsing-limits.ts'

/** The people that address fields name, in order, members of groups included. */
export function parseAddresses(
  fields: readonly string[],
  bounds: Bounds,
): readonly ParsedAddress[] {
  const { value } = parseAddressHeader(fields.map(unifyWords), {
    flatten: true,
    // As it can be answered to; a domain that looks like another one shows what it is.
    decodePunycode: false,
  })
  return bounds
    .first(value, ADDRESSES_MAX)
    .map((entry) => toAddress(entry, bounds))
    .filter(({ name, address }) => name !== null || address !== '')
}

function toAddress({ name, address = '' }: EmailAddress, bounds: Bounds): ParsedAddress {
  // Cut, it would be somebody else's.
  const isTooLong = address.length > ADDRESS_MAX_LENGTH
  const label = bounds.line(isTooLong ? `${name} ${address}` : name, NAME_MAX_LENGTH)
  return {
    name: label === '' ? null : label,
    address: isTooLong ? '' : bounds.line(address, ADDRESS_MAX_LENGTH),
  }
}
