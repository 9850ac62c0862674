import { flushPromises } from '@vue/test-utils'
import { expect, vi } from 'vitest'
import { loadSockets } from '../apollo.js'
import { FakeSocket } from '../fake-socket.js'
import type { SendingFactsFragment } from '../generated/mail.js'

const AT = '2026-11-28T00:00:00.000Z'

/** A sending that waits. */
export const sendingFacts = (
  changes: Partial<SendingFactsFragment> = {},
): SendingFactsFragment => ({
  ...{ id: 's', accountId: 'a', state: 'QUEUED', recipients: [], problem: null, detail: null },
  ...{ attempts: 0, nextAttemptAt: null, holdUntil: null, createdAt: AT, endedAt: null },
  ...changes,
})

/** Sockets that the test answers. Their maker looks for the browser's when it is made. */
export async function startSockets(): Promise<void> {
  vi.stubGlobal('WebSocket', FakeSocket)
  await loadSockets()
  FakeSocket.opened = []
}

/** Once nobody listens any more. */
export async function stopSockets(): Promise<void> {
  await vi.waitFor(() => expect(FakeSocket.opened.every(({ isClosed }) => isClosed)).toBe(true))
}

/** Tells whoever asked last how a sending stands. */
export async function tellSending(sendingChanged: SendingFactsFragment): Promise<void> {
  await vi.waitFor(() => expect(FakeSocket.last().asked).toBeDefined())
  FakeSocket.last().answer('next', { data: { sendingChanged } })
  await flushPromises()
}
