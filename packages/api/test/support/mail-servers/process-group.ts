import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** A daemon run in the foreground, in a process group of its own so that its children go with it. */
export interface ProcessGroup {
  /** Ends the group, by force after a second. */
  stop(): Promise<void>
}

const GRACE_MS = 1_000
const POLL_MS = 20

/** Starts a daemon; it ends with this process at the latest. */
export function startProcessGroup(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ProcessGroup {
  const child = spawn(command, args, {
    detached: true,
    stdio: 'ignore',
    env: { ...env, PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  })
  const pid = child.pid
  if (pid === undefined) throw new Error(`${command} does not start; is its package installed?`)
  const killNow = () => signalGroup(pid, 'SIGKILL')
  process.once('exit', killNow)
  return {
    async stop() {
      process.removeListener('exit', killNow)
      signalGroup(pid, 'SIGTERM')
      const end = Date.now() + GRACE_MS
      while (Date.now() < end && signalGroup(pid, 0)) await sleep(POLL_MS)
      signalGroup(pid, 'SIGKILL')
      while (signalGroup(pid, 0)) await sleep(POLL_MS)
    },
  }
}

/** Whether anybody in the group was there to be signalled. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}
