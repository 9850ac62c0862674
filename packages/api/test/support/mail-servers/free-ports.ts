import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** Below what the kernel gives to outgoing connections (ip_local_port_range begins at 32768). */
const FIRST = 20_000
const LAST = 32_000
/** Each process begins in a stretch of its own, so that several starting at once do not meet. */
const STRETCH = 60
let next = FIRST + ((process.pid * STRETCH) % (LAST - FIRST))

/**
 * So many different free loopback ports, none of which this process has handed out before: who asks
 * twice would otherwise be given again what nobody listens on yet.
 */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = []
  while (found.length < count) {
    const port = next
    next = next + 1 < LAST ? next + 1 : FIRST
    if (await isFree(port)) found.push(port)
  }
  return found
}

async function isFree(port: number): Promise<boolean> {
  const server: Server = createServer()
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return true
  } catch {
    return false
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}
