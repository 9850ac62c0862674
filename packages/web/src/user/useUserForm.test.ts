import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, shallowRef, type EffectScope } from 'vue'
import type { UserPartsFragment } from '../generated/graphql.js'
import { useUserForm } from './useUserForm.js'

const HANAKO: UserPartsFragment = {
  ...{ id: '1', loginName: 'hanako', displayName: '花子', role: 'USER', version: 1 },
  ...{ deactivatedAt: null, lastSignInAt: null, createdAt: '2026-07-01T00:00:00Z' },
  ...{ hasPassword: true, isLinkedByOidc: false, mailAccountCount: 0 },
}
const user = shallowRef(HANAKO)
let sent: { variables: { version: number } }[]
let scope: EffectScope
let form: ReturnType<typeof useUserForm>

beforeEach(() => {
  sent = []
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as (typeof sent)[number])
    const text = JSON.stringify({ data: { updateUser: user.value } })
    return Promise.resolve(new Response(text, { headers: { 'content-type': 'application/json' } }))
  })
  user.value = HANAKO
  scope = effectScope()
  const made = scope.run(() => useUserForm({ stored: () => user.value, needsPassword: false }))
  if (made === undefined) throw new Error('no form')
  form = made
})
afterEach(() => {
  scope.stop()
})

async function saveAfter(changed: Partial<UserPartsFragment>): Promise<number | undefined> {
  form.draft.displayName = '花'
  user.value = { ...HANAKO, ...changed }
  await flushPromises()
  await form.save()
  return sent[0]?.variables.version
}

describe('saving over what was done beside the form', () => {
  it('is no conflict: the person who did it is the one who saves', async () => {
    expect(await saveAfter({ version: 2, deactivatedAt: '2026-07-02T00:00:00Z' })).toBe(2)
  })

  it('stays one where somebody else has changed a field of the form meanwhile', async () => {
    expect(await saveAfter({ version: 3, loginName: 'hana' })).toBe(1)
  })
})
