import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { expect, vi } from 'vitest'
import { loadSockets } from '../apollo.js'
import { FakeSocket } from '../fake-socket.js'
import type {
  AccountReceivingQuery,
  RunFactsFragment,
  UnparsedMessageFragment,
} from '../generated/graphql.js'

export const AT = '2026-07-01T00:00:00.000Z'

export const doneRun = (changes: Partial<RunFactsFragment> = {}): RunFactsFragment => ({
  ...{ id: 'run', state: 'DONE', reason: 'MANUAL', queuedAt: AT, endedAt: AT, found: 0 },
  ...{ isAskedByMe: true, askedBy: 'taro' },
  ...{ stored: 0, alreadyHad: 0, failed: 0, tooLarge: 0, problem: null, detail: null },
  ...changes,
})
export const runningRun = (changes: Partial<RunFactsFragment> = {}) =>
  doneRun({ state: 'RUNNING', endedAt: null, found: null, ...changes })
export const failedRun = (problem: string, changes: Partial<RunFactsFragment> = {}) =>
  doneRun({ state: 'FAILED', problem, ...changes })

type Standing = NonNullable<NonNullable<AccountReceivingQuery['mailAccount']>['receiving']>
/** What the API has. */
export interface Held extends Omit<AccountReceivingQuery, 'mailAccount'> {
  standing: Partial<Standing>
  /** What it makes of another reading. */
  parsedAgain: UnparsedMessageFragment['parseState']
  /** What it says in place of starting a receiving. */
  refusal?: string
}

/** The API as far as receiving goes: what it has, and what it was asked for. */
export class FakeReceiving {
  readonly asked: string[] = []
  held: Held = {
    ...{ standing: {}, receiveRuns: [], unreceivedMessages: [], unparsedMessages: [] },
    parsedAgain: 'PARSED',
  }

  /** Answers from now on. Their maker looks for the browser's sockets when it is made. */
  async start(): Promise<void> {
    vi.stubGlobal('WebSocket', FakeSocket)
    await loadSockets()
    FakeSocket.opened = []
    vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
      const { operationName } = JSON.parse(body) as { operationName: string }
      this.asked.push(operationName)
      const headers = { 'content-type': 'application/json' }
      return Promise.resolve(new Response(JSON.stringify(this.#answer(operationName)), { headers }))
    })
  }

  /** Once nobody listens any more. */
  async stop(): Promise<void> {
    await vi.waitFor(() => expect(FakeSocket.opened.every(({ isClosed }) => isClosed)).toBe(true))
  }

  /** Tells whoever follows the receiving how far it is. */
  async tell(now: RunFactsFragment): Promise<void> {
    await vi.waitFor(() => expect(FakeSocket.last().asked).toBeDefined())
    FakeSocket.last().answer('next', { data: { receiveProgress: now } })
    await flushPromises()
  }

  async end(how: RunFactsFragment): Promise<void> {
    this.held = { ...this.held, receiveRuns: [how] }
    await this.tell(how)
    FakeSocket.last().answer('complete')
    await flushPromises()
  }

  #answer(operationName: string): object {
    const { refusal } = this.held
    if (operationName === 'ReceiveMail' && refusal !== undefined)
      return { errors: [{ message: '', extensions: { code: refusal } }] }
    return { data: this.#dataOf(operationName) }
  }

  #dataOf(operationName: string): object {
    const { standing, parsedAgain, receiveRuns, unreceivedMessages, unparsedMessages } = this.held
    const none = { lastReceivedAt: null, nextAt: null, pausedAt: null, problem: null }
    switch (operationName) {
      case 'AccountReceiving': {
        const mailAccount = { id: 'a', receiving: { ...none, ...standing } }
        return { mailAccount, receiveRuns, unreceivedMessages, unparsedMessages }
      }
      case 'ReceiveMail':
        return { receiveMail: runningRun({ state: 'QUEUED' }) }
      case 'CancelReceiving':
        return { cancelReceiving: runningRun() }
      default: {
        if (parsedAgain === 'PARSED') this.held = { ...this.held, unparsedMessages: [] }
        return { parseMessageAgain: { ...unparsedMessages[0], parseState: parsedAgain } }
      }
    }
  }
}

export const buttonOf = (part: VueWrapper, name: string) =>
  part.findAll('button').find((each) => each.text() === name)

/** Presses a button as a person does, who has it focused then. */
export async function press(part: VueWrapper, name: string): Promise<void> {
  const found = buttonOf(part, name)
  if (found === undefined) throw new Error(`no button ${name} in ${part.text()}`)
  found.element.focus()
  await found.trigger('click')
  await flushPromises()
}
