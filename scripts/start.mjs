// npm start: installs, builds and runs Mailroom.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { NODE, ROOT, build, install, requireNode, toolEnv } from './toolchain.mjs'

requireNode()
await install()
await build()

// The fourth channel tells the API when this launcher is gone, however it went.
const api = spawn(NODE, [join(ROOT, 'packages/api/dist/main.js')], {
  cwd: ROOT,
  env: toolEnv({ NODE_ENV: process.env.NODE_ENV ?? 'production' }),
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})

// Ctrl-C in a terminal reaches both of us, "kill" only the launcher; the API takes the first and ignores the rest.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => api.kill(signal))
api.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)))
api.on('error', (error) => {
  process.stderr.write(`Mailroom could not be run: ${error.message}\n`)
  process.exit(1)
})
