// npm run dev: API and console, both restarting on change; introspection and the explorer are on.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { NODE, ROOT, build, install, requireNode, toolEnv } from './toolchain.mjs'

requireNode()
await install()
await build()

const env = toolEnv({ NODE_ENV: 'development' })
// By Node itself: the commands in .bin are shells, which keep our signals to themselves.
const start = (folder, args) =>
  spawn(NODE, args, { cwd: join(ROOT, folder), env, stdio: ['ignore', 'inherit', 'inherit'] })

const tsc = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json']
const watch = ['--watch', '--preserveWatchOutput']
const children = [
  start('packages/shared', [...tsc, ...watch]),
  start('packages/api', [...tsc, ...watch]),
  // From the top, so that the data folder is the one of npm start.
  start('.', ['--watch', '--watch-preserve-output', join(ROOT, 'packages/api/dist/main.js')]),
  start('packages/web', [join(ROOT, 'packages/web/node_modules/vite/bin/vite.js')]),
]
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => children.forEach((child) => child.kill(signal)))
}
for (const child of children) {
  child.once('exit', (code) => {
    for (const other of children) if (other !== child) other.kill('SIGTERM')
    process.exitCode ??= code ?? 1
  })
}
