import { expect, it } from 'vitest'
import { envelopeProblem } from './envelope-problem.js'

const NOBODY = { authMethod: 'NONE', popBeforeSmtp: false } as const
const AFTER_POP = { authMethod: 'NONE', popBeforeSmtp: true } as const
const SIGNED_IN = { authMethod: 'PLAIN', popBeforeSmtp: false } as const

it.each([
  ['554 5.7.1 <a@b.test>: Relay access denied', NOBODY, true, 'AUTH_NEEDED'],
  ['530 5.7.0 Authentication required', NOBODY, true, 'AUTH_NEEDED'],
  ['554 5.7.1 <a@b.test>: Relay access denied', NOBODY, false, 'POP_BEFORE_SMTP_NEEDED'],
  ['550 Please check your mail first (POP before SMTP)', NOBODY, true, 'POP_BEFORE_SMTP_NEEDED'],
  ['554 5.7.1 <a@b.test>: Relay access denied', AFTER_POP, false, 'RECIPIENT_REFUSED'],
  ['550 5.1.1 No such user', NOBODY, true, 'RECIPIENT_REFUSED'],
  ['554 5.7.1 Relay access denied', SIGNED_IN, true, 'RECIPIENT_REFUSED'],
])('%s', (said, settings, offersAuth, problem) => {
  expect(envelopeProblem({ said, settings, offersAuth, otherwise: 'RECIPIENT_REFUSED' })).toBe(
    problem,
  )
})
