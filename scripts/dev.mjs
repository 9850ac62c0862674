// npm run dev: API and console, both restarting on change; introspection and the explorer are on.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { NODE, ROOT, build, install, requireNode, toolEnv } from './toolchain.mjs'

requireNode()
await install()
await build()

const env = toolEnv({ NODE_ENV: 'development' })
const start = (command, args, folder) =>
  spawn(command, args, { cwd: join(ROOT, folder), env, stdio: ['ignore', 'inherit', 'inherit'] })

const children = [
  start(
    'tsc',
    ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
    'packages/shared',
  ),
  start('tsc', ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'], 'packages/api'),
  spawn(NODE, ['--watch', '--watch-preserve-output', join(ROOT, 'packages/api/dist/main.js')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  }),
  start('vite', [], 'packages/web'),
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
