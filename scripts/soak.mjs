// npm run soak [-- --kills 1000 --seed 7]: receives under random kills and prints what was lost, doubled and gone too early.
import { parseArgs } from 'node:util'
import { join } from 'node:path'
import { ROOT, build, install, requireNode, toolEnv } from './toolchain.mjs'
import { spawn } from 'node:child_process'

requireNode()
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
for (const [name, value] of Object.entries(values)) {
  if (!/^\d{1,9}$/.test(value)) {
    process.stderr.write(`--${name} takes a whole number.\n`)
    process.exit(2)
  }
}

await install()
await build()
const args = ['vitest', 'run', 'soak.test.ts', '--project=torture', '--disableConsoleIntercept']
spawn('npx', args, {
  cwd: join(ROOT, 'packages/api'),
  env: toolEnv({ SOAK_KILLS: values.kills, SOAK_SEED: values.seed }),
  stdio: 'inherit',
}).on('exit', (code) => process.exit(code ?? 1))
