import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { setLanguage, withWords } from '../i18n/i18n.js'
import type { AuditChangeItemFragment, AuditEventItemFragment } from '../generated/graphql.js'
import VersionDialog from './VersionDialog.vue'

beforeEach(async () => {
  await setLanguage('en')
  await withWords('audit', Promise.resolve())
})

const EVENT: AuditEventItemFragment = {
  ...{ id: '1', at: '2026-01-02T03:04:05Z', actorKind: 'USER', actorId: null, actorName: 'admin' },
  ...{ address: null, action: 'CREATE', subject: 'MAIL_SERVER', subjectId: 's', changes: [] },
  ...{ subjectName: 'x', subjectExists: true, isVersion: true },
  ...{ restoredFrom: null, restoredVersionAt: null },
}
const WARNING = 'The passwords stored with accounts will be sent to this server.'

async function shown(...changes: AuditChangeItemFragment[]): Promise<string> {
  const body = { data: { mailServerVersionChanges: changes } }
  vi.stubGlobal('fetch', () =>
    Promise.resolve(
      new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } }),
    ),
  )
  const props = { serverId: 's', event: EVENT, isBusy: false, failure: undefined }
  mount(VersionDialog, { props, attachTo: document.body })
  return vi.waitFor(async () => {
    await flushPromises()
    const text = document.body.textContent
    if (!text.includes('imap.example')) throw new Error('not loaded yet')
    return text
  })
}
const change = (field: string, old: string, now: string) => ({
  ...{ field, old, new: now, isSecret: false },
})
const host = change('incoming.host', 'imap.example', 'old.example')

it('warns as the form does where stored passwords would go to the earlier server', async () => {
  const goes = change('passwordsGoTo', 'imap.example :993', 'old.example :993')
  const text = await shown(host, goes)
  expect(text).toContain(WARNING)
  expect(text).toContain('Stored passwords are sent to')
})

it('warns of nothing where none are stored', async () => {
  expect(await shown(host)).not.toContain(WARNING)
})
