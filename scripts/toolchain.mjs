// What start, test and dev share: finding a Node that is new enough, installing, building.
// Runs on Node 20 without any dependency, since it is what installs them.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const PNPM = 'pnpm@10.34.9'
const NODE_MIN = 20
const STAMPS = join(ROOT, 'node_modules', '.cache', 'mailroom')

/** The pinned Node that came with the dependencies. */
export const NODE = join(ROOT, 'node_modules', 'node', 'bin', 'node')

/** The environment in which tools find the pinned Node and each other first. */
export function toolEnv(extra = {}) {
  const path = [join(ROOT, 'node_modules', '.bin'), dirname(NODE), process.env.PATH].join(':')
  return { ...process.env, PATH: path, ...extra }
}

export function requireNode() {
  if (Number(process.versions.node.split('.')[0]) < NODE_MIN) {
    fail(`Mailroom needs Node ${NODE_MIN} or newer; this is ${process.version}.`)
  }
}

export function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** Runs a command to its end; resolves to its exit code and, where captured, its output. */
export function run(command, args, { cwd = ROOT, env = toolEnv(), capture = true } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Says what is being done, keeps saying that it goes on, and says how long it took. */
export async function step(title, work) {
  const began = Date.now()
  process.stdout.write(`${title} …`)
  const timer = setInterval(() => process.stdout.write('.'), 2_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    process.stdout.write(` ${((Date.now() - began) / 1_000).toFixed(1)} s\n`)
  }
}

/** Installs the dependencies where the lockfile or a package.json changed since. */
export async function install() {
  const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...packageFiles()]
  const hash = hashFiles(inputs.map((file) => join(ROOT, file)))
  if (readStamp('install') === hash && existsSync(NODE)) return
  const { code, output } = await step(
    'Installing dependencies (about a minute the first time)',
    () =>
      run('npx', ['-y', PNPM, 'install', '--frozen-lockfile', '--prod=false'], {
        env: { ...process.env, CI: 'true' },
      }),
  )
  if (code !== 0) {
    process.stderr.write(output.split('\n').slice(-30).join('\n'))
    fail(
      '\nThe dependencies could not be installed. Is the npm registry reachable? The lines above say why.',
    )
  }
  writeStamp('install', hash)
}

/** Builds each package whose sources, or those of one it is built on, changed since. */
export async function build() {
  const parts = [
    {
      name: 'shared',
      what: 'the shared rules',
      inputs: ['packages/shared'],
      output: 'packages/shared/dist/index.js',
    },
    {
      name: 'api',
      what: 'the API',
      inputs: ['packages/shared', 'packages/api/src', 'packages/api/rolldown.config.mjs'],
      output: 'packages/api/dist/main.js',
    },
    {
      name: 'web',
      what: 'the console',
      inputs: ['packages/shared', 'packages/web'],
      output: 'packages/web/dist/index.html',
    },
  ]
  for (const { name, what, inputs, output } of parts) {
    const hash = hashFiles([
      ...inputs.flatMap((input) => filesBelow(join(ROOT, input))),
      join(ROOT, 'pnpm-lock.yaml'),
      join(ROOT, 'tsconfig.base.json'),
    ])
    if (readStamp(name) === hash && existsSync(join(ROOT, output))) continue
    const { code, output: said } = await step(`Building ${what}`, () =>
      run('npm', ['run', 'build', '--silent'], { cwd: join(ROOT, 'packages', name) }),
    )
    if (code !== 0) {
      process.stderr.write(said)
      fail(`\nBuilding ${what} failed; the lines above say why.`)
    }
    writeStamp(name, hash)
  }
}

function packageFiles() {
  const folders = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`)
  return ['.', ...folders, 'bench']
    .map((folder) => `${folder}/package.json`)
    .filter((file) => existsSync(join(ROOT, file)))
}

function filesBelow(path) {
  if (!existsSync(path)) return []
  const entries = readdirSync(dirname(path), { withFileTypes: true })
  const self = entries.find((entry) => join(dirname(path), entry.name) === path)
  if (self?.isFile()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)],
    )
}

function hashFiles(files) {
  const hash = createHash('sha256')
  for (const file of [...files].sort())
    hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function readStamp(name) {
  const file = join(STAMPS, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function writeStamp(name, hash) {
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(join(STAMPS, name), hash)
}
