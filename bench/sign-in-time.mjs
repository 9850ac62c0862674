// Whether the time of a refused sign-in tells that there is such a name: one that nobody has beside a
// wrong password of one that somebody has, in turns.
import pg from 'pg'

const TRIES = 100
const SIGN_IN =
  'mutation ($loginName: String!) { signIn(loginName: $loginName, password: "not this one") { id } }'

/** @param startBoth starts API and database with so many servers (run.mjs) */
export async function measureSignIn(startBoth, median) {
  const { api, url } = await startBoth(1)
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  const times = { unknown: [], known: [] }
  for (let round = 0; round < TRIES; round += 1) {
    // By turns also which one is first, so that neither is always the one after a pause.
    const order = round % 2 === 0 ? ['unknown', 'known'] : ['known', 'unknown']
    for (const kind of order) {
      // The limit of failures would refuse the sixth without looking at it.
      await client.query('DELETE FROM rate_limit')
      times[kind].push(await refusedMs(api, kind === 'known' ? 'admin' : 'nobody'))
    }
  }
  await client.end()
  const [unknown, known] = [times.unknown, times.known].map(median)
  console.log(`refused sign-ins, ${TRIES} of each in turns, medians`)
  console.log(`  a name that nobody has      ${unknown.toFixed(2)} ms`)
  console.log(`  a wrong password            ${known.toFixed(2)} ms`)
  console.log(`  ratio ${(unknown / known).toFixed(3)} ×\n`)
}

async function refusedMs(api, loginName) {
  const began = performance.now()
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SIGN_IN, variables: { loginName } }),
  })
  const { errors } = await response.json()
  const ms = performance.now() - began
  if (errors?.[0]?.extensions?.code !== 'UNAUTHENTICATED') throw new Error(JSON.stringify(errors))
  return ms
}
