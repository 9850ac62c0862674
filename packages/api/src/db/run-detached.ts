import { spawn } from 'node:child_process'

interface Options {
  readonly uid?: number
  readonly gid?: number
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

const SAID_MAX_LENGTH = 4_000

/**
 * Runs a program to its end in a session of its own: the Ctrl-C and the hang-up of a terminal reach
 * everybody in its foreground, and Node alone must decide the order of the end. Resolves to its exit
 * code (127 where it could not be run) and the end of what it said on standard error.
 */
export function runDetached(
  file: string,
  args: string[],
  options: Options = {},
): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...options,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-SAID_MAX_LENGTH)
    })
    child.once('error', (error) => resolve({ code: 127, said: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, said: said.trim() }))
  })
}
