import { QueryFailedError } from 'typeorm'
import { describe, expect, it } from 'vitest'
import { createLoggerTo, serializeError } from './logger.js'

const SECRET = 'hunter2'

/** What is written of events, line by line. */
function written(log: (logger: ReturnType<typeof createLoggerTo>) => void): string[] {
  const lines: string[] = []
  log(createLoggerTo('trace', (line) => lines.push(line)))
  return lines
}
const parsed = ([line = '']: string[]) => JSON.parse(line) as Record<string, unknown>

/** As the driver makes it. */
const driverError = (message: string, code: string) =>
  Object.assign(new Error(message), {
    code,
    severity: 'ERROR',
    detail: `Failing row contains (${SECRET}).`,
    where: `unnamed portal parameter $1 = '${SECRET}'`,
  })

describe('of an error', () => {
  it.each([
    ['a mail library', { response: SECRET, command: SECRET, auth: { pass: SECRET } }],
    ['a web client', { config: { headers: { authorization: SECRET } }, request: { body: SECRET } }],
    ['Node', { input: SECRET, spawnargs: [SECRET] }],
  ])('nothing is logged that %s hangs on it', (_who, properties) => {
    const [line] = written((logger) =>
      logger.error({ err: Object.assign(new Error('it failed'), properties) }, 'oops'),
    )
    expect(line).toContain('it failed')
    expect(line).not.toContain(SECRET)
  })

  it('of the database, neither statement nor parameters nor details are logged, but what it was', () => {
    const cause = driverError('duplicate key value violates unique constraint "a_key"', '23505')
    const error = new QueryFailedError(`INSERT '${SECRET}'`, [SECRET], cause)
    const lines = written((logger) => logger.error({ err: new Error('failed', { cause: error }) }))
    expect(lines[0]).toContain('a_key')
    expect(lines[0]).toContain('23505')
    expect(lines[0]).toContain('QueryFailedError')
    expect(lines[0]).not.toContain(SECRET)
  })

  it.each([
    ['a value that PostgreSQL refused', driverError(`invalid "${SECRET}"`, '22P02')],
    ['a value over several lines', driverError(`invalid "\n    at ${SECRET} (x:1)"`, '22P02')],
    ['text that is no JSON', jsonError(SECRET)],
    ['an argument that Node refused', argumentError()],
  ])('its message goes where it repeats %s', (_what, error) => {
    expect(error.message).toContain(SECRET)
    const lines = written((logger) => logger.error({ err: new Error('x', { cause: error }) }))
    expect(lines[0]).toContain(error.name)
    expect(lines[0]).not.toContain(SECRET)
  })

  it('where it happened is told', () => {
    expect(serializeError(new Error('a\nb')).stack).toMatch(/^at .*logger\.test\.ts:\d+:\d+/)
  })

  it('several together are told one by one, without what hangs on them', () => {
    const errors = ['one', 'two'].map((text) => Object.assign(new Error(text), { auth: SECRET }))
    const line = JSON.stringify(serializeError(new AggregateError(errors, 'both')))
    expect(line).toMatch(/both.*one.*two/)
    expect(line).not.toContain(SECRET)
  })

  it('causes that go round in a circle come to an end', () => {
    const error = new Error('a')
    error.cause = new Error('b', { cause: error })
    expect(JSON.stringify(serializeError(error)).length).toBeLessThan(50_000)
  })

  it('only what is one is logged', () => {
    const [line] = written((logger) => logger.error({ err: { password: SECRET } }))
    expect(line).toContain('not an Error')
    expect(line).not.toContain(SECRET)
  })
})

describe('an event', () => {
  /** What acts on a terminal, on a reader of lines, or on a formatter. */
  const HOSTILE =
    'a\r\n{"level":"fatal"}\u001b[2J\u0000%s%o\u007f\u0085\u009b31m\u2028\u2029\ud800b'

  it.each([
    ['a field', (text: string) => ({ reason: text })],
    ['a message', (text: string) => ({ err: new Error(text) })],
    ['a name', (text: string) => ({ err: Object.assign(new Error('x'), { name: text }) })],
    ['a code', (text: string) => ({ err: Object.assign(new Error('x'), { code: text }) })],
    ['a cause', (text: string) => ({ err: new Error('x', { cause: new Error(text) }) })],
    ['a thing in a thing', (text: string) => ({ a: { b: [text] } })],
  ])('is one line without raw control characters, whatever %s holds', (_where, event) => {
    const lines = written((logger) => logger.warn(event(HOSTILE), 'said'))
    expect(lines).toHaveLength(1)
    // eslint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(lines[0]).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800]*\n$/)
    expect(parsed(lines)).toMatchObject({ level: 'warn', msg: 'said' })
    expect(JSON.stringify(parsed(lines))).toContain('[2J')
  })

  it.each([
    ['a field', (text: string) => ({ reason: text })],
    [
      'an error',
      (text: string) => ({ err: Object.assign(new Error(text), { name: text, code: text }) }),
    ],
    [
      'errors',
      (text: string) => ({ err: new AggregateError(Array(100).fill(new Error(text)), text) }),
    ],
    ['a thing in a thing', (text: string) => ({ a: { b: text } })],
  ])('is cut, however long %s is', (_where, event) => {
    const lines = written((logger) => logger.error(event('x'.repeat(1024 * 1024)), 'said'))
    expect(lines).toHaveLength(1)
    expect(lines[0]?.length).toBeLessThan(64 * 1024)
    expect(parsed(lines)).toMatchObject({ level: 'error' })
  })

  it('has what is named as a secret taken out, at each depth that is logged', () => {
    const lines = written((logger) =>
      logger.info({ password: SECRET, a: { token: SECRET, b: { clientSecret: SECRET } } }),
    )
    expect(lines[0]).toContain('[redacted]')
    expect(lines[0]).not.toContain(SECRET)
  })
})

function jsonError(text: string): Error {
  try {
    JSON.parse(text)
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('it was JSON')
}

function argumentError(): Error {
  try {
    // @ts-expect-error -- what no caller of ours does
    Buffer.alloc(SECRET)
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was refused')
}
