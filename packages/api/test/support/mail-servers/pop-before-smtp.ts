import { once } from 'node:events'
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'

/** What Dovecot runs after a sign-in by POP3, and what Postfix asks before it relays. */
export interface PopBeforeSmtp {
  /** Leaves a file named after the client's address. */
  readonly script: string
  /** Where Postfix's check_policy_service finds us. */
  readonly policyPort: number
  /** Forgets every sign-in. */
  forget(): Promise<void>
  stop(): Promise<void>
}

const REQUEST_MAX = 16 * 1024

/** Who has signed in by POP3 may send from the same address; nobody else. */
export async function startPopBeforeSmtp(root: string): Promise<PopBeforeSmtp> {
  const seen = join(root, 'pop-seen')
  const script = join(root, 'pop-seen.sh')
  await mkdir(seen)
  await chmod(seen, 0o777)
  await writeFile(script, `#!/bin/sh\n: > "${seen}/$IP"\nexec "$@"\n`)
  await chmod(script, 0o755)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined)
    answerPolicy(socket, async (address) => (await readdir(seen)).includes(address))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    script,
    policyPort: (server.address() as AddressInfo).port,
    async forget() {
      for (const name of await readdir(seen)) await rm(join(seen, name))
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Postfix's policy protocol: name=value lines, an empty one, then our action and an empty line. */
function answerPolicy(socket: Socket, isKnown: (address: string) => Promise<boolean>): void {
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    if (text.length > REQUEST_MAX) socket.destroy()
    if (!text.endsWith('\n\n')) return
    const address = /^client_address=(.*)$/m.exec(text)?.[1] ?? ''
    text = ''
    void isKnown(address).then((known) => {
      const action = known ? 'OK' : '550 5.7.1 POP before SMTP: receive your mail first'
      socket.write(`action=${action}\n\n`)
    })
  })
}
