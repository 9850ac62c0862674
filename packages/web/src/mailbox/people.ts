import type { AddresseeFragment } from '../generated/mail.js'

/** What a person is called: never in place of the address where somebody is to be recognised. */
export const nameOf = ({ name, address }: AddresseeFragment) => name?.trim() || address

/** With the address, as far as it says more than the name. */
export const wholeNameOf = ({ name, address }: AddresseeFragment) =>
  name?.trim() && name.trim() !== address ? `${name.trim()} <${address}>` : address
