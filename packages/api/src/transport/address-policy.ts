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

/** Whether an IP address may be dialled. IPv4-mapped IPv6 addresses count as the IPv4 ones that they reach. */
export function isDialable(address: string): boolean {
  return !FORBIDDEN.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
