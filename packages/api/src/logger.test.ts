import { expect, it } from 'vitest'
import { serializeError } from './logger.js'

it('logs of an error what identifies it, and none of what drivers hang on it', () => {
  const cause = Object.assign(new Error('duplicate key'), {
    parameters: ['hunter2'],
    detail: 'hunter2',
    code: '23505',
  })
  const logged = JSON.stringify(serializeError(new Error('failed', { cause })))
  expect(logged).toContain('23505')
  expect(logged).not.toContain('hunter2')
})
