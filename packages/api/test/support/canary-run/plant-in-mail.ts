import { expect } from 'vitest'
import { accountInput, CREATE_ACCOUNT, idOf, UPDATE_ACCOUNT } from '../accounts-kit.js'
import { formsOf } from '../canary.js'
import type { EchoMailServers } from '../echo-mail-servers.js'
import type { TestClient } from '../api.js'
import { createMailServer, serverInput } from '../mail-servers-kit.js'
import { receive } from '../receiving-kit.js'
import { endOfSending, sendMail } from '../sending-kit.js'
import { MARKER } from './canaries.js'
import { listen, plantRefused, withValue, type Planting } from './planting.js'

const STEP = 'kind outcome problem detail transcript advice'
const TYPED = `($input: MailServerInput!, $credentials: DiagnosisCredentialsInput) `
const DIAGNOSE = `mutation ${TYPED} { diagnoseMailServer(input: $input, credentials: $credentials) { steps { ${STEP} } } }`
const WATCH = `subscription ${TYPED} { mailServerDiagnosis(input: $input, credentials: $credentials) { ${STEP} } }`
const DIAGNOSE_ACCOUNT = `mutation ($id: ID!) { diagnoseMailAccount(accountId: $id) { steps { ${STEP} } } }`
const WATCH_ACCOUNT = `subscription ($id: ID!) { mailAccountDiagnosis(accountId: $id) { ${STEP} } }`

/** In mail accounts, and in diagnoses with servers that say back what they hear. */
export async function plantInMail(planting: Planting, servers: EchoMailServers): Promise<void> {
  const { admin, canaries } = planting
  await plantInAccounts(planting, servers)
  const credentials = {
    ...{ incomingUsername: 'taro', outgoingUsername: 'taro' },
    incomingPassword: canaries.for('DiagnosisCredentialsInput.incomingPassword'),
    outgoingPassword: canaries.for('DiagnosisCredentialsInput.outgoingPassword'),
  }
  const token = canaries.for('DiagnosisCredentialsInput.incomingPassword', 'as a token')
  for (const protocol of ['IMAP4', 'POP3'] as const) {
    const variables = { input: echoInput(servers, protocol), credentials }
    const { text } = await admin.send(DIAGNOSE, variables)
    expect(text).toContain('AUTH_REJECTED')
    await listen(admin, WATCH, variables)
  }
  const input = echoInput(servers, 'IMAP4')
  const oauth2 = { ...input, incoming: { ...input.incoming, authMethod: 'XOAUTH2' } }
  await admin.send(DIAGNOSE, {
    input: oauth2,
    credentials: { ...credentials, incomingPassword: token },
  })
  for (const name of ['incomingPassword', 'outgoingPassword'] as const) {
    const path = ['credentials', name]
    const refused = { input: { ...input, code: '' }, credentials }
    await plantRefused(admin, DIAGNOSE, refused, path, credentials[name])
    await listen(admin, WATCH, refused)
    await listen(admin, WATCH, withValue(refused, path, [credentials[name]]))
    const said = servers.smtp.heard() + servers.imap.heard() + servers.pop3.heard()
    const forms = [...formsOf(canaries.called(credentials[name])).values()]
    expect(forms.some((form) => said.includes(form))).toBe(true)
  }
}

const echoInput = ({ smtp, imap, pop3 }: EchoMailServers, protocol: 'IMAP4' | 'POP3') => {
  const side = { host: '127.0.0.1', encryption: 'NONE', timeoutSeconds: 5 }
  const port = (protocol === 'IMAP4' ? imap : pop3).port
  return serverInput({
    name: MARKER.text,
    outgoing: { ...side, port: smtp.port, authMethod: 'PLAIN', credentials: 'OUTGOING' },
    incoming: { ...side, protocol, port },
  })
}

/** What the servers said back is kept with the run and with the message. */
async function receiveAndSend(admin: TestClient, accountId: string): Promise<void> {
  const run = await receive(admin, accountId)
  const mail = { accountId, to: ['hanako@example.jp'], subject: MARKER.text }
  const sending = await endOfSending(admin, (await sendMail(admin, mail)).id)
  for (const { detail } of [run, sending]) expect(detail).toContain('[redacted]')
}

async function plantInAccounts(
  { admin, canaries }: Planting,
  servers: EchoMailServers,
): Promise<void> {
  const server = await createMailServer(admin, echoInput(servers, 'IMAP4'))
  const input = accountInput(await idOf(admin), server.id, {
    ...{ incomingUsername: 'taro', outgoingUsername: 'taro', name: MARKER.text },
    incomingPassword: canaries.for('MailAccountInput.incomingPassword'),
    outgoingPassword: canaries.for('MailAccountInput.outgoingPassword'),
  })
  const { createMailAccount } = await admin.ask<{ createMailAccount: { id: string } }>(
    CREATE_ACCOUNT,
    { input },
  )
  const accountId = createMailAccount.id
  await admin.send(DIAGNOSE_ACCOUNT, { id: accountId })
  await receiveAndSend(admin, accountId)
  const changed = {
    ...input,
    incomingPassword: canaries.for('MailAccountInput.incomingPassword', 'changed'),
    outgoingPassword: canaries.for('MailAccountInput.outgoingPassword', 'changed'),
  }
  await admin.ask(UPDATE_ACCOUNT, { id: accountId, version: 1, input: changed })
  await listen(admin, WATCH_ACCOUNT, { id: accountId })
  await admin.send(UPDATE_ACCOUNT, { id: accountId, version: 1, input: changed })
  await admin.send(UPDATE_ACCOUNT, { id: server.id, version: 1, input: changed })
  await admin.send(CREATE_ACCOUNT, { input: changed })
  await admin.send(CREATE_ACCOUNT, { input: { ...changed, code: 'other', email: 'no address' } })
  await admin.send(CREATE_ACCOUNT, {
    input: { ...changed, code: 'other', mailServerId: accountId },
  })
  const variables = { id: accountId, version: 7, input: changed }
  for (const name of ['incomingPassword', 'outgoingPassword'] as const) {
    await plantRefused(admin, UPDATE_ACCOUNT, variables, ['input', name], changed[name])
  }
}
