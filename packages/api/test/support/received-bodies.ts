import type { Receiver } from '../../src/transport/receiver.js'

/** What a receiver brings, as "id:source", or "id:problem" where a message was refused. */
export async function bodies(
  receiver: Receiver,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const received: string[] = []
  for await (const message of receiver.fetch(ids, signal)) {
    const said = 'source' in message ? message.source.toString('latin1') : message.refusal.problem
    received.push(`${message.id}:${said}`)
  }
  return received
}
