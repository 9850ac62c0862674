import { expect, it } from 'vitest'
import { ALICE, CLOSE, connectPop3, scriptedPop3 } from '../support/scripted-pop3.js'

const ROUNDS = 2_000
const AT_ONCE = 25
const SEED = 20_250_101

/** Numbers that look random and come again with the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const ANSWERS: Readonly<Record<string, string>> = {
  CAPA: '+OK\r\nUSER\r\nPIPELINING\r\nSASL PLAIN XOAUTH2\r\nEXPIRE 30\r\n.\r\n',
  USER: '+OK\r\n',
  PASS: '+OK [X] welcome\r\n',
  STAT: '+OK 3 300\r\n',
  UIDL: '+OK\r\n1 a\r\n2 b\r\n3 c\r\n.\r\n',
  LIST: '+OK\r\n1 100\r\n2 100\r\n3 100\r\n.\r\n',
  RETR: '+OK 100 octets\r\nSubject: x\r\n\r\n..dot\r\nbody\n.\nmore\r\n.\r\n',
  TOP: '+OK\r\nSubject: x\r\n\r\n.\r\n',
  DELE: '+OK deleted\r\n',
  QUIT: '+OK bye\r\n',
}
const NOISE = [
  '\r',
  '\n',
  '\r\n',
  '.',
  '\r\n.\r\n',
  '\0',
  '+OK\r\n',
  '-ERR [SYS/TEMP] x\r\n',
  '+ \r\n',
  '\u00ff',
  '\u0015',
  ' ',
  '-',
]

type Random = ReturnType<typeof randomFrom>

/** The text with one to three things done to it: cut out, put in, doubled, changed, or broken off. */
function mutate(text: string, random: Random): string {
  let mutated = text
  for (let change = random(3); change >= 0; change--) {
    const at = random(mutated.length + 1)
    const to = at + random(6)
    const [before, middle, after] = [mutated.slice(0, at), mutated.slice(at, to), mutated.slice(to)]
    const noise = NOISE[random(NOISE.length)] ?? ''
    mutated =
      [
        before + after,
        before + noise + middle + after,
        before + middle + middle + after,
        before + String.fromCharCode(random(256)) + after,
        before,
        before + noise.repeat(random(500)) + after,
      ][random(6)] ?? ''
  }
  return mutated
}

/** All that a client does, as far as the server lets it. */
async function useAll(port: number, signal: AbortSignal): Promise<void> {
  const { session, connection } = await connectPop3(port)
  try {
    await session.greeting(signal)
    await session.capabilities(signal)
    await session.authenticate(ALICE, signal)
    const { maildrop } = session
    await maildrop.stat(signal)
    await maildrop.uniqueIds(signal)
    await maildrop.sizes(signal)
    for await (const message of maildrop.retrieve([1, 2, 3], { signal, maxBytes: 5_000 })) {
      if (message.kind === 'MESSAGE') expect(message.bytes.length).toBeLessThanOrEqual(5_000)
    }
    for await (const message of maildrop.top([1], 0, { signal })) expect(message.number).toBe(1)
    await maildrop.delete([1, 2], { signal })
    await maildrop.quit(signal)
  } finally {
    connection.destroy()
  }
}

/** Unhandled rejections fail the file by themselves. */
it(`ends cleanly whatever is done to a transcript, ${ROUNDS} times (seed ${SEED})`, async () => {
  const outcomes = new Map<string, number>()
  const round = async (number: number) => {
    // Of its own, so that a round comes again whatever runs beside it.
    const random = randomFrom(SEED + number * 7_919)
    const isMutated = (chance: number) => random(chance) === 0
    const greeting = isMutated(8)
      ? mutate('+OK ready <1.2@a>\r\n', random)
      : '+OK ready <1.2@a>\r\n'
    const server = await scriptedPop3((command) => {
      const answer = ANSWERS[command.split(' ')[0] ?? '']
      if (answer === undefined || isMutated(60)) return CLOSE
      return isMutated(5) ? Buffer.from(mutate(answer, random), 'latin1') : answer
    }, greeting)
    const outcome = await useAll(server.port, AbortSignal.timeout(200)).then(
      () => 'done',
      (error: unknown) => (error instanceof Error ? error.name : 'no Error'),
    )
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    await expect.poll(() => server.isConnected, { interval: 5 }).toBe(false)
    await server.stop()
  }
  for (let done = 0; done < ROUNDS; done += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => round(done + index)))
  }
  const known = ['done', 'TransportError', 'Pop3Refusal', 'TimeoutError']
  expect([...outcomes.keys()].filter((outcome) => !known.includes(outcome))).toEqual([])
  // Otherwise the mutations would be too weak or too strong to say anything.
  expect([...outcomes.values()].every((count) => count > 20)).toBe(true)
  expect(outcomes.size).toBe(known.length)
})
