import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What is said of a name; SILENCE: nothing. */
export type NameAnswer = readonly string[] | 'NXDOMAIN' | 'SERVFAIL' | 'SILENCE'

/** A name server, and the way to run a program whose operating system asks nobody else. Needs root. */
export interface NameServer {
  /** The names that were asked for. */
  readonly asked: readonly string[]
  /** A program and arguments to put before the program to run. */
  readonly through: readonly string[]
  stop(): Promise<void>
}

const RCODE = { NXDOMAIN: 3, SERVFAIL: 2 } as const
const TYPE_A = 1
const HEADER_BYTES = 12
/** As the resolver waits for somebody who says nothing. */
const PATIENCE_SECONDS = 20

/** Whether this machine lets us have a file system of our own: containers seldom do. */
export const mayMount = () => spawnSync('unshare', ['-m', 'true']).status === 0

/** @param answers IPv4 addresses, or what else is said, by name; of other names, that there is none */
export async function startNameServer(
  answers: Readonly<Record<string, NameAnswer>>,
): Promise<NameServer> {
  const host = '127.0.53.53'
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { address, port }) => {
    const { name, end } = questionOf(query)
    asked.push(name)
    const answer = answers[name] ?? 'NXDOMAIN'
    if (answer === 'SILENCE') return
    socket.send(reply(query.subarray(0, end + 4), query.readUInt16BE(end), answer), port, address)
  })
  socket.bind(53, host)
  await once(socket, 'listening')
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-names-'))
  const [resolv, nsswitch] = [join(folder, 'resolv.conf'), join(folder, 'nsswitch.conf')]
  const patience = `options timeout:${PATIENCE_SECONDS} attempts:1`
  await writeFile(resolv, `nameserver ${host}\n${patience}\n`)
  await writeFile(nsswitch, 'passwd: files\ngroup: files\nhosts: files dns\n')
  const mounts = `mount --bind ${resolv} /etc/resolv.conf && mount --bind ${nsswitch} /etc/nsswitch.conf`
  return {
    asked,
    through: ['unshare', '-m', 'sh', '-c', `${mounts} && exec "$0" "$@"`],
    async stop() {
      socket.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** The name that a query asks for (RFC 1035 section 4.1.2), and where it ends. */
function questionOf(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}

function reply(question: Buffer, type: number, answer: Exclude<NameAnswer, 'SILENCE'>): Buffer {
  const addresses = typeof answer === 'string' || type !== TYPE_A ? [] : answer
  const head = Buffer.from(question)
  // A response, recursion available; one question, so many answers, nothing else.
  head.writeUInt16BE(0x8180 | (typeof answer === 'string' ? RCODE[answer] : 0), 2)
  head.writeUInt16BE(addresses.length, 6)
  head.fill(0, 8, HEADER_BYTES)
  const records = addresses.map((address) =>
    // The name by a pointer to the question, type A, class IN, a second, four bytes.
    Buffer.from([
      0xc0,
      HEADER_BYTES,
      0,
      1,
      0,
      1,
      0,
      0,
      0,
      1,
      0,
      4,
      ...address.split('.').map(Number),
    ]),
  )
  return Buffer.concat([head, ...records])
}
