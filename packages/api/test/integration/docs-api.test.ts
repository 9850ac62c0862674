import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccount } from '../support/accounts-kit.js'
import { ADMIN_PASSWORD } from '../support/api.js'
import { createApiToken } from '../support/api-tokens-kit.js'
import { Callers } from '../support/callers.js'
import { createMailServer } from '../support/mail-servers-kit.js'

const run = promisify(execFile)
const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const WEB = pathOf('../../../web')
const API = pathOf('../..')

/** A fenced block of the page: its language, the file that it is to be, its text. */
interface Block {
  readonly language: string
  readonly file: string | undefined
  readonly text: string
}

let callers: Callers
let blocks: Block[]
/** Within the console's package, which has Code Generator and the libraries of a front end. */
let place: string
let env: Record<string, string>

beforeAll(async () => {
  const page = await readFile(pathOf('../../../../docs/api.md'), 'utf8')
  blocks = [...page.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gms)].map(
    ([, language = '', file, text = '']) => ({ language, file: file || undefined, text }),
  )
  callers = await Callers.start()
  const server = await createMailServer(callers.administrator, { code: 'HQ-01', name: '本社' })
  const owner = await callers.idOf('userA')
  for (let n = 0; n < 3; n++) await createAccount(callers.administrator, owner, server.id)
  const { token } = await createApiToken(callers.administrator)
  place = await mkdtemp(join(WEB, '.docs-'))
  env = {
    MAILROOM: callers.api.url,
    PASSWORD: ADMIN_PASSWORD,
    TOKEN: token,
    SERVER_ID: server.id,
  }
})
afterAll(async () => {
  await rm(place, { recursive: true, force: true })
  await callers.close()
})

/** What a block of shell prints. What the page tells the reader to fill in is filled in. */
async function shell(text: string): Promise<string> {
  const filledIn = text.replace(/^export (\w+)=.*$/gm, (line, name: string) =>
    name in env ? '' : line,
  )
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', filledIn], {
    cwd: place,
    env: { ...process.env, ...env },
  })
  return stdout
}

it('has examples of every kind', () => {
  const languages = blocks.map(({ language }) => language)
  expect([...new Set(languages)].sort()).toEqual(['graphql', 'js', 'json', 'sh', 'ts'])
})

it('answers each request of the page as the page says', async () => {
  const told = blocks.flatMap((block, index) => {
    const answer = blocks[index + 1]
    return block.language === 'sh' && answer?.language === 'json'
      ? [{ request: block.text, answer: answer.text }]
      : []
  })
  expect(told.length).toBeGreaterThanOrEqual(6)
  for (const { request, answer } of told) {
    const given: unknown = JSON.parse(await shell(request))
    expect(shapeOf(given)).toEqual(shapeOf(JSON.parse(answer)))
  }
})

it('runs each program of the page', async () => {
  const printed: string[] = []
  for (const [index, { text }] of blocks.filter(({ language }) => language === 'js').entries()) {
    await writeFile(join(place, `example-${index}.mjs`), text)
    printed.push(await shell(`node example-${index}.mjs`))
  }
  const [pages, changes] = printed
  expect(pages?.trim().split('\n')).toHaveLength(3)
  expect(changes).toContain('本社')
})

it('makes the typed client of the page from the published schema', async () => {
  for (const { file, text } of blocks) {
    if (file === undefined) continue
    await mkdir(dirname(join(place, file)), { recursive: true })
    await writeFile(join(place, file), text)
  }
  await copyFile(join(API, 'schema.graphql'), join(place, 'schema.graphql'))
  await writeFile(join(place, 'tsconfig.json'), JSON.stringify(compilerSettings()))
  const commands = blocks.find(({ text }) => text.includes('graphql-codegen\n'))?.text ?? ''
  expect((await shell(commands)).trim().split('\n').at(-1)).toBe('HQ-01 本社')

  // And the types are worth something: a misspelt field does not pass.
  const file = join(place, 'src/dropdown.ts')
  await writeFile(file, (await readFile(file, 'utf8')).replace('{ code, name }', '{ kode }'))
  await expect(shell('npx tsc --noEmit')).rejects.toMatchObject({
    stdout: expect.stringContaining("'kode'") as string,
  })
})

/** Strict, as a new project has it; what a reader installs is found where this repository has it. */
function compilerSettings(): object {
  const { resolve } = createRequire(createRequire(join(WEB, 'src')).resolve('@apollo/client'))
  const typedDocumentNode = dirname(resolve('@graphql-typed-document-node/core/package.json'))
  return {
    compilerOptions: {
      ...{ strict: true, noEmit: true, skipLibCheck: true, verbatimModuleSyntax: true },
      ...{ module: 'nodenext', target: 'es2024', allowImportingTsExtensions: true },
      ...{ typeRoots: [join(API, 'node_modules/@types')], types: ['node'] },
      paths: {
        '@graphql-typed-document-node/core': [join(typedDocumentNode, 'typings/index.d.ts')],
      },
    },
    include: ['src', 'codegen.ts'],
  }
}

/** Names, codes and sentences as they are; of ids and the like only that they are there. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'locations')
      .map(([key, inner]: [string, unknown]) => [
        key,
        key === 'id' ? typeof inner : shapeOf(inner),
      ]),
  )
}
