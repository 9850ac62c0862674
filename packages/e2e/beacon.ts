import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '../api/test/support/mail-servers/certificates.js'

const HOST = '127.0.0.1'

/** What came to an address that only a message names. */
export interface Beacon {
  readonly url: string
  readonly tlsUrl: string
  readonly heard: { readonly path: string; readonly headers: IncomingMessage['headers'] }[]
  readonly close: () => Promise<void>
}

/** Listens where a sender would, to learn that a message was opened: by HTTP and by HTTPS. */
export async function startBeacon(): Promise<Beacon> {
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-beacon-'))
  const { cert, key } = await (await createAuthority(folder)).issue('beacon', `IP:${HOST}`)
  await rm(folder, { recursive: true, force: true })
  const heard: Beacon['heard'] = []
  const hear = ({ url: path = '', headers }: IncomingMessage, response: ServerResponse) => {
    heard.push({ path, headers })
    response.setHeader('access-control-allow-origin', '*').end('top.__xss=1')
  }
  const plain = createPlainServer(hear).listen(0, HOST)
  const tls = createTlsServer({ cert, key }, hear).listen(0, HOST)
  await Promise.all([once(plain, 'listening'), once(tls, 'listening')])
  const portOf = (server: typeof plain | typeof tls) => (server.address() as AddressInfo).port
  return {
    ...{ url: `http://${HOST}:${portOf(plain)}`, tlsUrl: `https://${HOST}:${portOf(tls)}`, heard },
    close: async () => {
      const ends = [plain, tls].map((server) => once(server, 'close'))
      for (const server of [plain, tls]) {
        server.closeAllConnections()
        server.close()
      }
      await Promise.all(ends)
    },
  }
}
