import { mkdtemp, rm } from 'node:fs/promises'
import { createServer as createHttpsServer, type RequestOptions } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { createHttpsGet } from '../../src/discovery/https-get.js'
import type { Names, Outside } from '../../src/discovery/outside.js'
import { SourceError } from '../../src/discovery/source-error.js'
import type { Lookup } from '../../src/transport/resolve-host.js'
import { createAuthority } from './mail-servers/certificates.js'
import { createAddressPolicy } from '../../src/transport/address-policy.js'

const ANYWHERE = createAddressPolicy({ allowsPrivate: true, ownServices: [] })

type Certificate = Pick<RequestOptions, 'cert' | 'key'>
type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A small world: a DNS, a web server for every name, and mail servers, all on this machine. */
export interface TestOutside {
  readonly outside: Outside
  /** What the names lead to; names without an entry do not exist. */
  readonly addresses: Map<string, string>
  readonly records: { mx: Awaited<ReturnType<Names['mx']>>; srv: Map<string, [string, number]> }
  /** The addresses of all pages that were asked for. */
  readonly asked: string[]
  /** How the web server answers. */
  answer: Answer
  readonly smtpPort: number
  readonly imapPort: number
  close(): Promise<void>
}

const DOMAIN = 'example.test'
const SMTP = (line: string) =>
  line.startsWith('EHLO') ? `250-mail.${DOMAIN}\r\n250 AUTH LOGIN PLAIN\r\n` : '221 bye\r\n'
const IMAP = (line: string) => {
  const [tag = '*', command = ''] = line.split(' ')
  const said = command.toUpperCase() === 'CAPABILITY' ? '* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n' : ''
  return `${said}${tag} OK done\r\n`
}

export async function startOutside(): Promise<TestOutside> {
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-outside-'))
  const authority = await createAuthority(folder)
  const { cert, key } = await authority.issue(
    'outside',
    `DNS:${DOMAIN},DNS:*.${DOMAIN},DNS:autoconfig.thunderbird.net`,
  )
  const certificate = { cert, key }
  const asked: string[] = []
  const web = createHttpsServer(certificate, (request, response) => {
    asked.push(`https://${request.headers.host ?? ''}${request.url ?? ''}`)
    world.answer(request, response)
  })
  const smtp = scripted(certificate, `220 mail.${DOMAIN} ESMTP\r\n`, SMTP)
  const imap = scripted(certificate, '* OK ready\r\n', IMAP)
  const servers = [web, smtp, imap]
  const sockets = new Set<Socket>()
  for (const server of servers) server.on('connection', (socket: Socket) => sockets.add(socket))
  const [port = 0, smtpPort = 0, imapPort = 0] = await Promise.all(servers.map(listen))

  const addresses = new Map<string, string>()
  const records: TestOutside['records'] = { mx: [], srv: new Map() }
  const lookup: Lookup = (name) => {
    const address = addresses.get(name)
    if (address !== undefined) return Promise.resolve([{ address }])
    return Promise.reject(Object.assign(new Error(name), { code: 'ENOTFOUND' }))
  }
  const names: Names = {
    mx: () => Promise.resolve(records.mx),
    srv: (name) => {
      const [target, targetPort] = records.srv.get(name) ?? ['.', 0]
      return Promise.resolve([{ name: target, port: targetPort, priority: 0, weight: 0 }])
    },
  }
  const extraCa = [authority.caPem]
  const get = createHttpsGet({ policy: ANYWHERE, lookup, port, extraCa })
  const world: TestOutside = {
    outside: { addresses: lookup, names, get, extraCa },
    ...{ addresses, records, asked, smtpPort, imapPort },
    answer: notFound,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
      await rm(folder, { recursive: true, force: true })
    },
  }
  return world
}

export const notFound: Answer = (_request, response) => response.writeHead(404).end()

/** No network at all: no name server answers, and nothing is reached. */
export const NO_NETWORK: Outside = (() => {
  const addresses: Lookup = () =>
    Promise.reject(Object.assign(new Error('no network'), { code: 'EAI_AGAIN' }))
  const unreachable = () => Promise.reject(new SourceError('NAME_SERVER_UNREACHABLE'))
  return {
    addresses,
    names: { mx: unreachable, srv: unreachable },
    get: createHttpsGet({ policy: ANYWHERE, lookup: addresses }),
  }
})()

function scripted(certificate: Certificate, greeting: string, answer: (line: string) => string) {
  return createTlsServer(certificate, (socket) => {
    socket.on('error', () => undefined)
    socket.write(greeting)
    socket.on('data', (data: Buffer) => socket.write(answer(data.toString().trim())))
  })
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
