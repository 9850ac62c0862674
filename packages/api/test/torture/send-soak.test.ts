import { afterAll, beforeAll, expect, it } from 'vitest'
import { sendSoakReport, soakSending } from '../support/torture/send-soak.js'
import { TortureWorld } from '../support/torture/torture-world.js'

/** `npm run soak -- --sending` runs this file with 500 messages and a thousand kills; here a few of the same. */
const KILLS = Number(process.env['SOAK_KILLS'] ?? 8)
const MAILS = Number(process.env['SOAK_MAILS'] ?? 40)
const SEED = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
const PER_KILL_MS = 20_000

let world: TortureWorld
beforeAll(async () => {
  world = await TortureWorld.start('api')
})
afterAll(() => world.close())

it(
  'C-9, C-15 four workers double and lose nothing under random kills: sent + failed + unconfirmed = all',
  async () => {
    const say = (line: string) => process.stdout.write(`${line}\n`)
    const result = await soakSending(world, { kills: KILLS, mails: MAILS, seed: SEED, say })
    say(sendSoakReport(result))
    expect(result).toMatchObject({ doubled: 0, vanished: 0, belied: 0, groundless: 0 })
    expect(result.sent + result.failed + result.unconfirmed).toBe(MAILS)
    // Else it has shown nothing.
    expect(result.killsAtWork).toBeGreaterThan(0)
  },
  120_000 + KILLS * PER_KILL_MS,
)
