import { afterAll, beforeAll, expect, it } from 'vitest'
import { soak, soakReport } from '../support/torture/soak.js'
import { TortureWorld } from '../support/torture/torture-world.js'

/** `npm run soak` runs this file with a thousand kills; here a few of the same (A-12, B-15). */
const KILLS = Number(process.env['SOAK_KILLS'] ?? 12)
const SEED = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
const PER_KILL_MS = 20_000

let world: TortureWorld
beforeAll(async () => {
  world = await TortureWorld.start('api')
})
afterAll(() => world.close())

it(
  'A-12, B-15 loses, doubles and removes nothing too early under random kills',
  async () => {
    const say = (line: string) => process.stdout.write(`${line}\n`)
    const result = await soak(world, { kills: KILLS, seed: SEED, say })
    say(soakReport(result))
    expect(result).toMatchObject({
      ...{ lost: 0, doubled: 0, altered: 0, tooEarly: 0, locked: 0, wrongFigures: 0 },
    })
    // Else it has shown nothing.
    expect(result.killsAtWork).toBeGreaterThan(KILLS / 4)
  },
  120_000 + KILLS * PER_KILL_MS,
)
