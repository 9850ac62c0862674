import { lookup } from 'node:dns/promises'
import { BlockList, isIPv6 } from 'node:net'

/**
 * Addresses that no mail server has and that a server of ours must not be made to call:
 * "this host" (RFC 1122 section 3.2.1.3), link-local and with it the clouds' metadata services
 * (RFC 3927, RFC 4291 section 2.5.6), multicast and broadcast. Loopback and private networks are
 * allowed: that is where a company's own mail servers are.
 */
const FORBIDDEN = new BlockList()
FORBIDDEN.addSubnet('0.0.0.0', 8, 'ipv4')
FORBIDDEN.addSubnet('169.254.0.0', 16, 'ipv4')
FORBIDDEN.addSubnet('224.0.0.0', 4, 'ipv4')
FORBIDDEN.addAddress('255.255.255.255', 'ipv4')
// Metadata services outside link-local: Alibaba Cloud, and EC2 over IPv6.
FORBIDDEN.addAddress('100.100.100.200', 'ipv4')
FORBIDDEN.addAddress('fd00:ec2::254', 'ipv6')
FORBIDDEN.addAddress('::', 'ipv6')
FORBIDDEN.addSubnet('fe80::', 10, 'ipv6')
FORBIDDEN.addSubnet('ff00::', 8, 'ipv6')
// The same IPv4 networks as a NAT64 gateway is asked for them (RFC 6052 section 2.1).
FORBIDDEN.addSubnet('64:ff9b::0.0.0.0', 104, 'ipv6')
FORBIDDEN.addSubnet('64:ff9b::169.254.0.0', 112, 'ipv6')
FORBIDDEN.addAddress('64:ff9b::100.100.100.200', 'ipv6')

/** Loopback (RFC 1122, RFC 4291) and the networks of RFC 1918, RFC 6598 and RFC 4193. */
const PRIVATE = new BlockList()
PRIVATE.addSubnet('127.0.0.0', 8, 'ipv4')
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4')
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4')
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4')
PRIVATE.addSubnet('100.64.0.0', 10, 'ipv4')
PRIVATE.addAddress('::1', 'ipv6')
PRIVATE.addSubnet('fc00::', 7, 'ipv6')

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Decides where this installation may connect, for one port at a time. */
export interface AddressPolicy {
  /** Answers whether an address may be dialled on that port. */
  forPort(port: number): Promise<(address: string) => boolean>
}

interface AddressPolicyOptions {
  /**
   * Whether loopback and private networks are allowed: where most companies' own servers are. Asked
   * each time where it can change while we run.
   */
  readonly allowsPrivate: boolean | (() => Promise<boolean>)
  /** A service of our own that is no mail server, such as the database: never dialled. */
  readonly ownServices: readonly { readonly host: string; readonly port: number }[]
}

/** What an installation's settings allow; {@link isDialable} holds under every one of them. */
export function createAddressPolicy({
  allowsPrivate,
  ownServices,
}: AddressPolicyOptions): AddressPolicy {
  return {
    async forPort(port) {
      const hosts = ownServices.filter((service) => service.port === port)
      const found = await Promise.all(hosts.map(({ host }) => addressesOf(host)))
      const own = new Set(found.flat())
      const letsPrivate = typeof allowsPrivate === 'boolean' ? allowsPrivate : await allowsPrivate()
      const ownsLoopback = [...own].some(isLoopback)
      return (address) =>
        isDialable(address) &&
        (letsPrivate || !contains(PRIVATE, address)) &&
        !own.has(address) &&
        // Every loopback address leads to this very machine.
        !(ownsLoopback && isLoopback(address))
    },
  }
}

/** Whether an address leads to this very machine. */
export function isLoopback(address: string): boolean {
  return contains(LOOPBACK, address)
}

/** Looked up each time: a database's name may move. */
async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true }).catch(() => [])
  return found.map(({ address }) => address)
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** Whether an IP address may be dialled at all. IPv4-mapped IPv6 addresses count as the IPv4 ones that they reach. */
export function isDialable(address: string): boolean {
  return !contains(FORBIDDEN, address)
}
