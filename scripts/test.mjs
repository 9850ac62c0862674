// npm test: installs what the tests need and runs everything.
// `npm test -- --only unit,web` runs a part.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installDebianPackages } from './debian.mjs'
import { ROOT, build, install, requireNode, run, toolEnv } from './toolchain.mjs'

requireNode()
const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1]?.split(',')
  : undefined
const reports = mkdtempSync(join(tmpdir(), 'mailroom-reports-'))
const STILL_MS = 60_000
const total = { passed: 0, failed: 0 }
/** What is under way, and since when. */
const running = new Map()

await install()
if (only === undefined || only.some((name) => name === 'peers' || name === 'e2e'))
  await installDebianPackages()
await build()

// Alone: it builds anew what the others run.
await inTurn([stage('generated', checkGenerated)])
// The browser and what starts processes have the machine to themselves but for what is short: side by
// side they took half as long again, and what must happen soon did not. What only reads files is in no
// hurry and takes what they leave.
const still = setInterval(sayStill, STILL_MS)
const patient = inTurn([
  patiently('lint', 'npx', ['eslint', '.', '--max-warnings', '0']),
  ...['web', 'api', 'e2e', 'shared'].map((name) =>
    patiently(
      `types of ${name}`,
      'npm',
      ['run', 'typecheck', '--silent'],
      join(ROOT, 'packages', name),
    ),
  ),
  patiently('format', 'npx', ['prettier', '--check', '.', '--log-level', 'warn']),
  patiently('unused', 'npx', ['knip']),
  patiently('layers', 'npx', ['depcruise', 'packages', '--config', '.dependency-cruiser.cjs']),
])
await Promise.all([
  inTurn([stage('e2e', playwright)]),
  inTurn([
    vitest('peers', 'packages/api', ['--project', 'peers', '--maxWorkers=2']),
    vitest('unit', 'packages/api', ['--project', 'unit', '--maxWorkers=2']),
    vitest('web', 'packages/web'),
    vitest('unit of shared', 'packages/shared'),
  ]),
])
await inTurn([
  vitest('torture', 'packages/api', ['--project', 'torture', '--maxWorkers=3']),
  vitest('integration', 'packages/api', ['--project', 'integration', '--maxWorkers=3']),
])
await patient
clearInterval(still)

rmSync(reports, { recursive: true, force: true })
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`)
process.exit(total.failed === 0 ? 0 : 1)

/** Takes the next one, as long as there is one. */
async function inTurn(stages) {
  for (let next = stages.shift(); next !== undefined; next = stages.shift()) {
    const { name, work } = next
    if (only !== undefined && !only.includes(name)) continue
    const began = Date.now()
    running.set(name, began)
    const { passed, failed, output } = await work()
    running.delete(name)
    total.passed += passed
    total.failed += failed
    process.stdout.write(`${name}: ${secondsSince(began)}, ${passed} passed, ${failed} failed\n`)
    if (failed > 0) process.stdout.write(`${output}\n`)
  }
}

function sayStill() {
  const stages = [...running].map(([name, began]) => `${name} (${secondsSince(began)})`)
  process.stdout.write(`… ${stages.join(', ')}\n`)
}

function secondsSince(began) {
  return `${((Date.now() - began) / 1_000).toFixed(1)} s`
}

/** What answers { passed, failed, output } when its turn comes. */
function stage(name, work) {
  return { name, work }
}

/** A command that passes or fails as one, at the lowest priority. */
function patiently(name, program, args, cwd = ROOT) {
  return stage(name, async () => {
    const { code, output } = await run('nice', ['-n', '19', program, ...args], { cwd })
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output }
  })
}

function vitest(name, folder, args = []) {
  return stage(name, async () => {
    const file = join(reports, `${name.replaceAll(' ', '-')}.json`)
    const { code, output } = await run(
      'npx',
      [
        'vitest',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        ...args,
      ],
      { cwd: join(ROOT, folder) },
    )
    return counted(file, code, output, (report) => [
      report.numPassedTests,
      report.numFailedTests + report.numPendingTests,
    ])
  })
}

function playwright() {
  const file = join(reports, 'e2e.json')
  return run('npx', ['playwright', 'test', '--reporter=json'], {
    cwd: join(ROOT, 'packages/e2e'),
    env: toolEnv({ PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
  }).then(({ code, output }) =>
    counted(file, code, output, ({ stats }) => [
      stats.expected,
      stats.unexpected + stats.flaky + stats.skipped,
    ]),
  )
}

/** A run that broke off, ran nothing or left a test out has failed, whatever it counted. */
function counted(file, code, output, count) {
  const [passed, failed] = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : [0, 0]
  const hasFailed = failed > 0 || code !== 0 || passed === 0
  return { passed, failed: hasFailed ? Math.max(1, failed) : 0, output }
}

/** Generates again and compares, with or without git. */
async function checkGenerated() {
  const files = [
    'docs/diagnosis.md',
    'packages/api/schema.graphql',
    'packages/web/src/generated/graphql.ts',
  ]
  const read = () =>
    files.map((file) =>
      existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '',
    )
  const before = read()
  const docs = await run('node', ['scripts/problem-table.mjs'], { cwd: ROOT })
  // Of what has just been built.
  const api = await run('node', ['dist/graphql/emit-schema.js'], {
    cwd: join(ROOT, 'packages/api'),
  })
  const web = await run('npm', ['run', 'generate', '--silent'], { cwd: join(ROOT, 'packages/web') })
  const after = read()
  const stale = files.filter((_, n) => before[n] !== after[n])
  const isFresh = [docs, api, web].every(({ code }) => code === 0) && stale.length === 0
  const output = `${docs.output}${api.output}${web.output}Not as generated: ${stale.join(', ') || 'none'}. Run "npm run generate" and commit.`
  return { passed: isFresh ? 1 : 0, failed: isFresh ? 0 : 1, output }
}
