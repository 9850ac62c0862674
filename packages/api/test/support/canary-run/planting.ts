import type { GraphQLSchema } from 'graphql'
import type { AnswerRecorder } from '../answer-recorder.js'
import { TestClient } from '../api.js'
import type { OAuthServer } from '../oauth-server.js'
import { connect } from '../subscription-socket.js'
import type { Canaries } from './canaries.js'

/** A running product on whose every answer is looked, and whoever plants secrets in it. */
export interface Planting {
  readonly canaries: Canaries
  readonly schema: GraphQLSchema
  readonly recorder: AnswerRecorder
  /** The way past the recorder: for what is answered once, to whom it belongs. */
  readonly direct: string
  readonly idp: OAuthServer
  readonly oauth: OAuthServer
  readonly admin: TestClient
}

/** Somebody whose answers are recorded. */
export const clientOf = ({ recorder }: Pick<Planting, 'recorder'>) => new TestClient(recorder.url)

/** The same request, refused in each way that a secret could come back by. */
export async function plantRefused(
  client: TestClient,
  query: string,
  variables: object,
  path: readonly string[],
  text: string,
): Promise<void> {
  const wrong = [{ value: text }, [text], `${text}${'x'.repeat(5_000)}`, `${text}\ud800`]
  for (const value of wrong) await client.send(query, withValue(variables, path, value))
  const filled = withValue(variables, path, text)
  const misspelt = withValue(filled, [...path.slice(0, -1), 'misspelt'], text)
  await client.send(query, misspelt)
  // Null where a value must be, a value of another type, and the secret where a number belongs.
  for (const other of Object.keys(variables).filter((name) => name !== path[0])) {
    for (const value of [null, [7], text]) await client.send(query, { ...filled, [other]: value })
  }
  const whole = JSON.stringify({ query, variables: filled })
  await client.post(whole.slice(0, -2))
  await client.post(whole, { 'content-type': 'text/plain' })
  await client.post(JSON.stringify({ query: query.slice(0, -1), variables: filled }))
  await client.post(JSON.stringify({ query, variables: text }))
  // Written into the query itself: with quotes, and with the quotes forgotten.
  const word = /\w+/.exec(text)?.[0] ?? ''
  for (const literal of [JSON.stringify(text), word, `"${word}`, `{ a: "${word}" }`]) {
    const field = path.at(-1) ?? ''
    await client.post(JSON.stringify({ query: `mutation { signIn(${field}: ${literal}) { id } }` }))
    await client.post(
      JSON.stringify({ query: `mutation { createUser(input: { ${field}: ${literal} }) { id } }` }),
    )
  }
}

/** The same with another value at that path. */
export function withValue(
  variables: object,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): object {
  const inner: unknown = Reflect.get(variables, name)
  const changed = rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value)
  return { ...variables, [name]: changed }
}
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Listens to its end; what comes is kept by the recorder. */
export async function listen(
  client: TestClient,
  query: string,
  variables: object,
  authorization?: string,
) {
  const socket = connect(client, {}, authorization === undefined ? {} : { authorization })
  try {
    const events = socket.iterate({ query, variables: { ...variables } })
    let isOver = false
    while (!isOver) isOver = (await events.next()).done === true || authorization !== undefined
  } catch {
    // Refused: the recorder has the reason.
  } finally {
    await socket.dispose()
  }
}
