import { UserRole } from '@mailroom/shared'
import { expect, it } from 'vitest'
import { ChangeFeed } from '../db/change-feed.js'
import { createLogger } from '../logger.js'
import { KEPT_BYTES_MAX, KeptAnswers } from './kept-answers.js'

const MIB = 1024 * 1024
const TIMES = KEPT_BYTES_MAX / MIB

/** As it is while the listening connection stands. */
function keptAnswers(): KeptAnswers {
  const changes = new ChangeFeed('postgresql://nowhere', createLogger('silent'))
  changes.isLive = true
  return new KeptAnswers(changes)
}

function keep(kept: KeptAnswers, request: string, answer: Buffer): void {
  kept.keep(UserRole.ADMIN, request, { answer, until: ['mail-server'] }, kept.generation)
}

it('counts an answer once, however many asked for it at the same time', () => {
  const kept = keptAnswers()
  keep(kept, 'first', Buffer.from('kept'))
  for (let n = 0; n < TIMES + 1; n += 1) keep(kept, 'again', Buffer.alloc(MIB))
  expect(kept.find(UserRole.ADMIN, 'first')?.toString()).toBe('kept')
})

it('counts the requests as well: small answers to long ones fill it too', () => {
  const kept = keptAnswers()
  const requestOf = (n: number) => String(n).padEnd(8 * 1024)
  keep(kept, 'first', Buffer.from('kept'))
  for (let n = 0; n * 8 * 1024 <= KEPT_BYTES_MAX; n += 1)
    keep(kept, requestOf(n), Buffer.from('{}'))
  expect(kept.find(UserRole.ADMIN, 'first')).toBeUndefined()
})
