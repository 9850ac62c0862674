// npm run soak [-- --kills 1000 --seed 7]: receives under random kills and prints what was lost, doubled and gone too early.
// npm run soak -- --sending [--mails 500]: sends, and prints what was sent, failed, is unconfirmed, doubled or lost.
import { parseArgs } from 'node:util'
import { join } from 'node:path'
import { ROOT, build, install, requireNode, toolEnv } from './toolchain.mjs'
import { spawn } from 'node:child_process'

requireNode()
const {
  values: { sending, ...values },
} = parseArgs({
  options: {
    sending: { type: 'boolean', default: false },
    mails: { type: 'string', default: '500' },
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
const args = [
  'vitest',
  'run',
  // Whole: the one is the end of the other's name.
  sending ? 'long/send-soak.test.ts' : 'long/soak.test.ts',
  '--project=torture-long',
  '--disableConsoleIntercept',
]
spawn('npx', args, {
  cwd: join(ROOT, 'packages/api'),
  env: toolEnv({ SOAK_KILLS: values.kills, SOAK_SEED: values.seed, SOAK_MAILS: values.mails }),
  stdio: 'inherit',
}).on('exit', (code) => process.exit(code ?? 1))
