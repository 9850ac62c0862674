import { DiagnosisProblem, DiagnosisStepKind, MailProtocol } from '@mailroom/shared'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MailboxTarget } from '../connection/mailbox-target.js'
import type { ImapSession } from '../transport/imap/imap-session.js'
import { openImapReceiver } from '../transport/imap/imap-receiver.js'
import { openSession, type SessionTarget } from '../transport/open-session.js'
import type { Pop3Session } from '../transport/pop3/pop3-session.js'
import { TransportError } from '../transport/transport-error.js'
import { endSession, type SideOpener } from './side-diagnosis.js'
import type { StepResult, StepRunner } from './step-runner.js'

/** Delivery takes a moment; a server need not be asked more often. */
const AGAIN_MS = 1_000
/** Of the step's clock, so much is spent on looking; the rest says what was found. */
const SHARE = 0.9
/** The message is one of the newest; a full mailbox is not searched. */
const NEWEST = 20

interface IncomingTest {
  /** Undefined where nobody signs in. */
  readonly mailbox: MailboxTarget | undefined
  readonly messageId: string
  /** Whether the message is on its way, once that is known. */
  readonly sent: Promise<boolean>
}

/** Goes on, after looking into the mailbox, to receiving the test message. */
export async function testIncoming(
  runner: StepRunner,
  opener: SideOpener,
  { mailbox, messageId, sent }: IncomingTest,
): Promise<void> {
  // Many servers let only one session into a maildrop (RFC 1939 section 8).
  if (!runner.isOver) await endSession(opener)
  if (mailbox === undefined || !(await sent)) return runner.skip(DiagnosisStepKind.RECEIVE)
  await runner.run(DiagnosisStepKind.RECEIVE, (signal) =>
    receiveTestMessage(mailbox, messageId, signal),
  )
}

/**
 * Looks until a message has arrived, and deletes it: it is ours. Throws MESSAGE_NOT_RECEIVED where it
 * has not come by then.
 */
async function receiveTestMessage(
  mailbox: MailboxTarget,
  messageId: string,
  signal: AbortSignal,
): Promise<StepResult> {
  const beganMs = performance.now()
  const endMs = beganMs + mailbox.target.timeoutMs * SHARE
  while (performance.now() < endMs) {
    const isFound =
      mailbox.protocol === MailProtocol.IMAP4
        ? await takeByImap(mailbox.target, messageId, signal)
        : await takeByPop3(mailbox.target, messageId, signal)
    if (isFound) {
      return { detail: `received after ${Math.round(performance.now() - beganMs)} ms, and deleted` }
    }
    await sleep(AGAIN_MS, undefined, { signal })
  }
  throw new TransportError(DiagnosisProblem.MESSAGE_NOT_RECEIVED)
}

async function takeByImap(
  target: SessionTarget<ImapSession>,
  messageId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const options = { readOnly: false, maxBytes: HEADER_MAX_BYTES, signal }
  const receiver = await openImapReceiver(target, options)
  try {
    const found = await receiver.findByMessageId(messageId, signal)
    if (found.length > 0) await receiver.remove(found, signal)
    await receiver.finish()
    return found.length > 0
  } finally {
    await receiver.close()
  }
}

/** POP3 shows a maildrop as it was when one signed in, so each look is a session of its own. */
async function takeByPop3(
  target: SessionTarget<Pop3Session>,
  messageId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { session, connection } = await openSession(target, signal)
  try {
    const { count } = await session.maildrop.stat(signal)
    const first = Math.max(1, count - NEWEST + 1)
    const numbers = Array.from({ length: count - first + 1 }, (_, index) => count - index)
    const options = { maxBytes: HEADER_MAX_BYTES, signal }
    const found: number[] = []
    for await (const message of session.maildrop.top(numbers, 0, options)) {
      const isOurs = message.kind === 'MESSAGE' && message.bytes.includes(messageId)
      if (isOurs) found.push(message.number)
    }
    if (found.length > 0) await session.maildrop.delete(found, { signal })
    await session.quit(signal)
    return found.length > 0
  } finally {
    connection.destroy()
  }
}

/** What comes before a body; ours has a few hundred bytes. */
const HEADER_MAX_BYTES = 256 * 1024
