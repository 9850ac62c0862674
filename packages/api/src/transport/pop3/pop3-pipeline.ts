import { DiagnosisProblem } from '@mailroom/shared'
import { TransportError } from '../transport-error.js'
import type { Pop3Exchange } from './pop3-exchange.js'
import type { Pop3Status } from './pop3-parser.js'
import type { ReceivePace } from './receive-pace.js'

/** So many commands stay far below what a TCP window holds: writing them never waits for reading (RFC 2449 section 6.6). */
const WINDOW_MAX = 256

interface PipelineOptions {
  /** How many commands may be ahead of their answers; 1 where the server does not offer PIPELINING. */
  readonly window: number
  readonly pace: ReceivePace
  readonly signal: AbortSignal
}

/** One command of a pipeline has been answered. */
interface PipelineAnswer {
  readonly index: number
  readonly status: Pop3Status
}

/**
 * Sends commands ahead of their answers and gives the answers in order. Whoever opens the content of
 * one has it read, or skipped, before the next. Leaving while answers are due closes the connection:
 * they would be taken for those of later commands.
 */
export async function* pipeline(
  exchange: Pop3Exchange,
  commands: readonly string[],
  options: PipelineOptions,
): AsyncGenerator<PipelineAnswer, void, undefined> {
  const { pace, signal } = options
  const window = Math.min(Math.max(1, options.window), WINDOW_MAX)
  if (commands.length === 0) return
  let sent = 0
  await exchange.getReady(signal)
  try {
    for (let index = 0; index < commands.length; index++) {
      await exchange.finishContent()
      // Half a window at a time goes in fewer packets than one command an answer.
      if (sent - index <= window / 2) {
        const next = commands.slice(sent, index + window)
        if (sent === index)
          exchange.requireSilence(DiagnosisProblem.PROTOCOL_ERROR, 'an answer to no command')
        exchange.send(next)
        sent += next.length
      }
      pace.restart()
      yield { index, status: await pace.wait((at) => exchange.status(at)) }
    }
  } finally {
    if (!exchange.hasEnded && exchange.dueBeyondContent > 0) {
      const detail = 'closed in the middle of pipelined answers'
      exchange.end(new TransportError(DiagnosisProblem.CONNECTION_LOST, { detail }))
    }
  }
}
