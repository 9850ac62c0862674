import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receive } from '../support/receiving-kit.js'
import { NO_FAULTS, TortureWorld } from '../support/torture/torture-world.js'

/** Servers that are well, so that what the other files find is of the faults in them. */
let world: TortureWorld
beforeAll(async () => {
  world = await TortureWorld.start('all')
})
afterAll(() => world.close())

describe.each(['POP3', 'IMAP4'] as const)('%s', (protocol) => {
  it.each([true, false])(
    'receives from an honest server, leaving mail there: %s',
    async (leaveOnServer) => {
      const box = await world.box(protocol, { leaveOnServer })
      box.mailbox.deliver(5)
      expect(await receive(world.admin, box.account.id)).toMatchObject({
        state: 'DONE',
        found: 5,
        stored: 5,
        problem: null,
      })
      expect(await receive(world.admin, box.account.id)).toMatchObject({
        state: 'DONE',
        stored: 0,
        problem: null,
      })
      expect(await box.faults()).toEqual(NO_FAULTS)
      expect(box.mailbox.ids).toHaveLength(leaveOnServer ? 5 : 0)
    },
  )
})
