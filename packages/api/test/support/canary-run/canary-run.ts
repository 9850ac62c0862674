import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getNamedType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql'
import { buildSchema } from '../../../src/graphql/build-schema.js'
import { startAnswerRecorder, type AnswerRecorder } from '../answer-recorder.js'
import { createApiToken } from '../api-tokens-kit.js'
import { TestClient } from '../api.js'
import { AUDIT_EVENTS } from '../audit-kit.js'
import type { Place } from '../canary.js'
import { dumpDatabase } from '../database-dump.js'
import { withEchoMailServers } from '../echo-mail-servers.js'
import { embeddedDatabaseUrl, startProcess, stopProcess } from '../mailroom-process.js'
import { startOAuthServer, type OAuthServer } from '../oauth-server.js'
import { Canaries, MARKER } from './canaries.js'
import { plantAsVisitor } from './plant-as-visitor.js'
import { plantInFiles } from './plant-in-files.js'
import { plantInMail } from './plant-in-mail.js'
import { plantInPeople } from './plant-in-people.js'
import { plantInProviders } from './plant-in-providers.js'
import { clientOf, type Planting } from './planting.js'
import { databaseEnvironments, processes } from './process-places.js'

/** What each place held once all was planted. */
interface Found {
  readonly answers: Place[]
  readonly log: Place
  readonly tables: Place[]
  readonly commands: Place[]
  readonly environments: Place[]
}

/** A product of its own in which all was planted, and which has ended. */
export interface CanaryRun {
  readonly canaries: Canaries
  readonly schema: GraphQLSchema
  readonly found: Found
  readonly dataDir: string
  /** Takes away what it left on the disk. */
  clear(): Promise<void>
}

/** Runs the product, plants secrets wherever there is an input for one, and keeps what all places hold. */
export async function runWithCanaries(): Promise<CanaryRun> {
  const canaries = new Canaries()
  const dataDir = await mkdtemp(join(tmpdir(), `mailroom-${MARKER.text}-`))
  await chmod(dataDir, 0o755)
  const recorder = await startAnswerRecorder()
  const idp = await startOAuthServer(`${recorder.url}/sign-in/callback`)
  const oauth = await startOAuthServer(`${recorder.url}/oauth/callback`)
  const mailroom = startProcess(environment(canaries, idp, dataDir))
  try {
    const direct = await mailroom.ready
    recorder.target = direct
    const admin = await knownAdmin(canaries, direct, recorder)
    const schema = await buildSchema()
    await plantAll({ canaries, schema, recorder, direct, idp, oauth, admin })
    const tables = await dumpDatabase(await embeddedDatabaseUrl(dataDir))
    const commands = await processes('cmdline')
    const environments = await databaseEnvironments(dataDir)
    await stopProcess(mailroom)
    const log = { name: 'log', bytes: Buffer.from(mailroom.output()) }
    const found = { answers: recorder.answers(), log, tables, commands, environments }
    const clear = () => rm(dataDir, { recursive: true, force: true })
    return { canaries, schema, found, dataDir, clear }
  } finally {
    await stopProcess(mailroom)
    await Promise.all([recorder.close(), idp.close(), oauth.close()])
  }
}

async function plantAll(planting: Planting): Promise<void> {
  await plantAsVisitor(planting)
  await plantInPeople(planting)
  await plantInProviders(planting)
  await withEchoMailServers((servers) => plantInMail(planting, servers))
  await plantInFiles(planting)
  await readAll(planting)
}

function environment(canaries: Canaries, idp: OAuthServer, dataDir: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: '0',
    MAILROOM_LOG_LEVEL: 'trace',
    MAILROOM_DATA_DIR: dataDir,
    MAILROOM_SECRET_KEY: canaries.keep('MAILROOM_SECRET_KEY', randomBytes(32).toString('hex')),
    MAILROOM_ADMIN_PASSWORD: canaries.for('MAILROOM_ADMIN_PASSWORD'),
    MAILROOM_OIDC_ISSUER: idp.issuer,
    MAILROOM_OIDC_CLIENT_ID: idp.client.id,
    MAILROOM_OIDC_CLIENT_SECRET: canaries.keep('the client secret', idp.client.secret),
    MAILROOM_OIDC_NEW_PEOPLE: 'add',
  }
}

/** The administrator on the recorder's way, whose cookie and token were given on another. */
async function knownAdmin(
  canaries: Canaries,
  direct: string,
  recorder: AnswerRecorder,
): Promise<TestClient> {
  const client = await new TestClient(direct).signIn(
    'admin',
    canaries.for('MAILROOM_ADMIN_PASSWORD'),
  )
  canaries.keep('a session', client.cookie?.split('=')[1])
  const { token } = await createApiToken(client)
  canaries.keep('an API token', token)
  const program = clientOf({ recorder })
  program.bearer = token
  await program.ask('{ me { id } }')
  const recorded = clientOf({ recorder })
  recorded.cookie = client.cookie
  return recorded
}

/** All that can be asked for of what was planted. */
async function readAll({ admin, schema }: Planting): Promise<void> {
  const fieldsOf = (typeName: string) => plainFieldsOf(schema, typeName)
  await admin.ask(AUDIT_EVENTS, {})
  await admin.ask(`{ users { ${fieldsOf('User')} } oauthProviders { ${fieldsOf('OAuthProvider')} }
    mailAccounts { ${fieldsOf('MailAccount')} } oauthGrants { ${fieldsOf('OAuthGrant')} }
    apiTokens { ${fieldsOf('ApiToken')} } settings { ${fieldsOf('Settings')} }
    mailServers { ${fieldsOf('MailServer')} } }`)
}

/** Every field of a type that needs no arguments and no selection of its own. */
function plainFieldsOf(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName)
  if (!isObjectType(type)) throw new Error(`no type ${typeName}`)
  return Object.values(type.getFields())
    .filter(({ type: fieldType, args }) => {
      const named = getNamedType(fieldType)
      return args.length === 0 && !isObjectType(named) && !isInterfaceType(named)
    })
    .map(({ name }) => name)
    .join(' ')
}
