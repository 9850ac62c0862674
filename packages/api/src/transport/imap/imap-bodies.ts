import { DiagnosisProblem, DiagnosisStepKind } from '@mailroom/shared'
import { untilAborted } from '../deadline.js'
import type { ReceivedMessage, RefusedMessage } from '../receiver.js'
import { StepClock } from '../step-clock.js'
import { TransportError } from '../transport-error.js'
import type { ImapLink } from './imap-link.js'

/** Each time-out must bring so much of a body, and the whole slice ends by the second. */
const BODY_FLOOR_BYTES = 64
const SLICE_MAX_MS = 30 * 60_000
/** So many answers that nobody asked for are news of other clients; more are a flood. */
const UNASKED_MAX = 10_000

interface BodiesOptions {
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
}

/** The messages of one command's UIDs as they come; ends the connection where it is left early. */
export async function* fetchBodies(
  link: ImapLink,
  uids: readonly number[],
  { timeoutMs, maxBytes, signal }: BodiesOptions,
): AsyncGenerator<ReceivedMessage | RefusedMessage, void> {
  signal?.throwIfAborted()
  const endMs = performance.now() + SLICE_MAX_MS
  const controller = new AbortController()
  const clock = new StepClock(timeoutMs, () =>
    controller.abort(new TransportError(DiagnosisProblem.TIMEOUT)),
  )
  const cancel = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', cancel, { once: true })
  link.listen((bytes) => clock.moved(bytes))
  let isComplete = false
  try {
    const asked = new Set(uids)
    clock.startMoving(BODY_FLOOR_BYTES, endMs)
    for await (const { uid, source } of askedRows(link, asked, controller.signal)) {
      clock.stop()
      const id = String(uid)
      yield source.length > maxBytes
        ? { id, refusal: new TransportError(DiagnosisProblem.MESSAGE_TOO_LARGE) }
        : { id, source }
      if (asked.size > 0) clock.startMoving(BODY_FLOOR_BYTES, endMs)
      else clock.start()
    }
    isComplete = true
  } catch (error) {
    link.fail(error)
    signal?.throwIfAborted()
    throw link.failureOf(DiagnosisStepKind.RECEIVE, error)
  } finally {
    clock.stop()
    link.listen(undefined)
    signal?.removeEventListener('abort', cancel)
    if (!isComplete) link.fail(new TransportError(DiagnosisProblem.CONNECTION_LOST))
  }
}

/** What comes of what is `asked` for, each once; it is taken out of that. */
async function* askedRows(
  link: ImapLink,
  asked: Set<number>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly uid: number; readonly source: Buffer }, void> {
  // The query's BODY.PEEK[] leaves \Seen alone (RFC 3501 section 6.4.5); imapflow sends no other.
  const rows = link.client.fetch([...asked].join(','), { uid: true, source: true }, { uid: true })
  let unasked = 0
  for (;;) {
    const next = await untilAborted(signal, rows.next())
    if (next.done) return
    const { uid, source } = next.value
    if (Buffer.isBuffer(source) && asked.delete(uid)) yield { uid, source }
    else unasked += 1
    if (unasked > UNASKED_MAX) throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR)
  }
}
