// npm run rotate-secrets: encrypts every stored secret with another key, beside a running Mailroom or without one.
import { existsSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { NODE, ROOT, fail, requireNode, toolEnv } from './toolchain.mjs'

requireNode()
const command = join(ROOT, 'packages/api/dist/rotate-secrets.js')
// Nothing is built here: a running Mailroom has these very files open.
if (!existsSync(command))
  fail('Mailroom has not been built here yet. Run "npm start" once, then this again.')

const child = spawn(NODE, [command], { cwd: ROOT, env: toolEnv(), stdio: 'inherit' })
// A Ctrl-C in a terminal reaches it by itself; "kill" reaches only us.
process.on('SIGINT', () => undefined)
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
