import { DiagnosisProblem } from '@mailroom/shared'
import { TransportError } from '../transport-error.js'
import type { OpenContent, Pop3Exchange } from './pop3-exchange.js'
import type { Pop3Status } from './pop3-parser.js'
import type { ReceivePace } from './receive-pace.js'

/** So many commands stay far below what a TCP window holds: writing them never waits for reading (RFC 2449 section 6.6). */
const WINDOW_MAX = 256

/** One command and the message that it is about. */
export interface NumberedCommand {
  readonly number: number
  readonly line: string
}

interface PipelineOptions<C extends OpenContent> {
  /** How many commands may be ahead of their answers; 1 where the server does not offer PIPELINING. */
  readonly window: number
  readonly pace: ReceivePace
  readonly signal: AbortSignal
  /** Makes the reader of the content behind each +OK; left out where none follows. */
  readonly createContent?: () => C
}

/** One command of a pipeline has been answered. */
interface PipelineAnswer<C extends OpenContent> {
  readonly number: number
  readonly status: Pop3Status
  readonly content: C | undefined
}

/**
 * Sends commands ahead of their answers and gives the answers in order. The content of each is read, or
 * skipped, before the next. Leaving while answers are due closes the connection: they would be taken
 * for those of later commands.
 */
export async function* pipeline<C extends OpenContent>(
  exchange: Pop3Exchange,
  commands: readonly NumberedCommand[],
  { pace, signal, createContent, ...options }: PipelineOptions<C>,
): AsyncGenerator<PipelineAnswer<C>, void, undefined> {
  if (commands.length === 0) return
  const window = Math.min(Math.max(1, options.window), WINDOW_MAX)
  let sent = 0
  await exchange.getReady(signal)
  try {
    for (const [index, { number }] of commands.entries()) {
      await exchange.finishContent()
      // Half a window at a time goes in fewer packets than one command an answer.
      if (sent - index <= window / 2) {
        if (sent === index) exchange.requireSilence()
        const next = commands.slice(sent, index + window)
        exchange.send(next.map(({ line }) => line))
        sent += next.length
      }
      pace.restart()
      const content = createContent?.()
      const status = await pace.wait((at) => exchange.status(at, content))
      yield { number, status, content }
    }
  } finally {
    if (!exchange.hasEnded && exchange.dueBeyondContent > 0) {
      const detail = 'closed in the middle of pipelined answers'
      exchange.end(new TransportError(DiagnosisProblem.CONNECTION_LOST, { detail }))
    }
  }
}
