import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { ADMIN_BODY_MAX_BYTES } from '../../src/graphql/limits.js'
import { ROUTES } from '../../src/http/routes.js'

interface Service {
  environment?: Record<string, string>
  healthcheck?: { test: string[] }
  ports?: string[]
  volumes?: string[]
  networks?: string[]
  depends_on?: Record<string, { condition: string }>
}

const read = (path: string) => readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8')
const compose = parse(await read('docker-compose.yml')) as {
  services: Record<'postgres' | 'api' | 'web', Service>
  networks: Record<string, { internal?: boolean } | null>
}
const { postgres, api, web } = compose.services

it('publishes no database, and lets only the API reach it', () => {
  expect(postgres.ports).toBeUndefined()
  expect(postgres.networks).toEqual(['inside'])
  expect(compose.networks['inside']?.internal).toBe(true)
  expect(web.networks).not.toContain('inside')
})

it('has no default secret: starting without one is refused', () => {
  expect(postgres.environment?.['POSTGRES_PASSWORD']).toMatch(/^\$\{POSTGRES_PASSWORD:\?/)
  expect(api.environment?.['DATABASE_URL']).toContain('${POSTGRES_PASSWORD:?')
  expect(api.environment).not.toHaveProperty('MAILROOM_ADMIN_PASSWORD')
})

it('keeps the data in volumes, and waits for health in the order of need', () => {
  expect(postgres.volumes).toContain('postgres:/var/lib/postgresql')
  for (const service of [postgres, api, web])
    expect(service.healthcheck?.test.length).toBeGreaterThan(1)
  expect(api.depends_on?.['postgres']?.condition).toBe('service_healthy')
  expect(web.depends_on?.['api']?.condition).toBe('service_healthy')
})

it('the web server in front sends the policy that the API sends', async () => {
  const source = await read('packages/api/src/http/web-app.ts')
  const directives = [
    ...source.matchAll(/^\s+(\w+Src|baseUri|formAction|frameAncestors): \[(.*)\],$/gm),
  ].map(
    ([, name = '', values = '']) =>
      `${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} ${values.replaceAll('"', '').replaceAll(',', '').replaceAll("'data:'", 'data:')}`,
  )
  const policy =
    /Content-Security-Policy "([^"]+)"/.exec(await read('docker/nginx.conf'))?.[1] ?? ''
  expect(policy.split('; ').sort()).toEqual(directives.sort())
})

const nginx = await read('docker/nginx.conf')

interface Location {
  readonly modifier: string
  readonly path: string
  readonly body: string
}

/** Which block answers a path: the same one, then the first pattern, then the longest prefix. */
function locationOf(path: string): Location | undefined {
  const locations = [...nginx.matchAll(/location (=|~|) ?(\S+) \{([^}]*)\}/g)].map(
    ([, modifier = '', path = '', body = '']) => ({ modifier, path, body }),
  )
  return (
    locations.find((l) => l.modifier === '=' && l.path === path) ??
    locations.find((l) => l.modifier === '~' && new RegExp(l.path).test(path)) ??
    locations
      .filter((l) => l.modifier === '' && path.startsWith(l.path))
      .toSorted((a, b) => b.path.length - a.path.length)[0]
  )
}

it.each(Object.values(ROUTES))('the web server in front passes on %s', (path) => {
  expect(locationOf(path)?.body).toContain('proxy_pass http://api:4000;')
})

it('has a name in ROUTES for every path that it answers', async () => {
  const folder = new URL('../../src/http/', import.meta.url)
  // The explorer is there in development only.
  const files = (await readdir(folder)).filter((file) => file !== 'explorer.ts')
  const sources = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))
  expect(sources.join('\n').match(/\bapp\.(get|post|all)\(\s*['"`]/g)).toBeNull()
})

it('the web server in front serves all else itself', () => {
  for (const path of ['/', '/sign-in', '/profile', '/assets/index.js', '/mail-servers'])
    expect(locationOf(path)?.body).not.toContain('proxy_pass')
})

it('the web server in front takes the largest file to import, and leaves refusing to the API', () => {
  const [, mebibytes] =
    /client_max_body_size (\d+)m;/.exec(locationOf(ROUTES.graphql)?.body ?? '') ?? []
  expect(Number(mebibytes) * 1024 * 1024).toBeGreaterThan(ADMIN_BODY_MAX_BYTES)
})

it('judges certificates in one place: elsewhere nobody tells Node not to', async () => {
  const sources = new URL('../../src/', import.meta.url)
  const files = await readdir(sources, { recursive: true })
  const found = await Promise.all(
    files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map(async (file) =>
        /rejectUnauthorized: *false|NODE_TLS_REJECT_UNAUTHORIZED/.test(
          await readFile(new URL(file, sources), 'utf8'),
        )
          ? [file]
          : [],
      ),
  )
  // The probe sends nothing and only looks whether the answer is TLS.
  expect(found.flat().sort()).toEqual(['diagnosis/tls-probe.ts', 'transport/secure-socket.ts'])
})

it('has one copy of nodemailer, above every advisory known of it', async () => {
  const lock = await read('pnpm-lock.yaml')
  const versions = new Set(lock.match(/nodemailer@\d+\.\d+\.\d+/g))
  expect([...versions]).toEqual(['nodemailer@10.6.1'])
})
