import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** More than its queue takes: what is beyond gets no answer from the kernel. */
const FILLERS = 8

/** An address that answers nothing: no connection, no refusal. */
export interface Blackhole {
  readonly port: number
  stop(): void
}

/**
 * A paused process whose queue of connections is full, so that the kernel drops every SYN.
 *
 * @param port a free one unless given
 */
export async function startBlackhole(host: string, port = 0): Promise<Blackhole> {
  const script = `require('net').createServer().listen({ host: '${host}', port: ${port}, backlog: 1 },
    function () { console.log(this.address().port) })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const listening = Number(line.toString())
  child.kill('SIGSTOP')
  const fillers = Array.from({ length: FILLERS }, () => fill(host, listening))
  return {
    port: listening,
    stop() {
      for (const filler of fillers) filler.destroy()
      child.kill('SIGKILL')
    },
  }
}

function fill(host: string, port: number): Socket {
  return connect({ host, port }).on('error', () => undefined)
}
