import { normaliseHost } from './host.js'

/** The field of a change that tells where passwords that are stored are sent from now on. */
export const PASSWORDS_GO_TO = 'passwordsGoTo'

interface Place {
  readonly host: string
  readonly port: number
}

/**
 * Whether what is stored for one place would be sent to somebody else at the other: another host, or
 * another port of the same, where another program listens. The spelling of a host does not matter.
 */
export const isElsewhere = (from: Place, to: Place): boolean =>
  normaliseHost(from.host) !== normaliseHost(to.host) || from.port !== to.port
