import { describe, expect, it } from 'vitest'
import { RunTally } from './run-figures.js'

describe('RunTally', () => {
  it('counts a message once, whatever it becomes in the end', () => {
    const tally = new RunTally()
    for (const key of ['a', 'b', 'c', 'a']) tally.find(key)
    tally.set('a', 'FAILED')
    tally.set('a', 'STORED')
    tally.setHere('b', 'b 1', 'HAD')
    expect(tally.finalFigures()).toEqual({
      ...{ found: 3, stored: 1, alreadyHad: 1, failed: 1, tooLarge: 0 },
    })
  })

  it('does not count again what it has stored before it was taken up, and is met at the server', () => {
    const tally = new RunTally(['x 1', 'y 2'])
    for (const key of ['x', 'x copy', 'z']) tally.find(key)
    tally.setHere('x', 'x 1', 'HAD')
    // The same again, on another connection; and another message of the same content.
    tally.find('x')
    tally.setHere('x', 'x 1', 'HAD')
    tally.setHere('x copy', 'x 1', 'HAD')
    // Its COMMIT was repeated.
    tally.setHere('x', 'x 1', 'STORED')
    tally.set('z', 'STORED')
    expect(tally.finalFigures()).toEqual({
      ...{ found: 4, stored: 3, alreadyHad: 1, failed: 0, tooLarge: 0 },
    })
  })
})
