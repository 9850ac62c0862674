import { PASSWORD_MIN_LENGTH, textLength } from '@mailroom/shared'

export const STRENGTHS = ['NONE', 'SHORT', 'WEAK', 'FAIR', 'GOOD'] as const
export type Strength = (typeof STRENGTHS)[number]

/** How many different characters a password needs before its length counts. */
const DISTINCT_MIN = 5
const FAIR_LENGTH = 12
const GOOD_LENGTH = 16

/** A hint only, and one that rewards length (NIST SP 800-63B, appendix A): it never refuses. */
export function passwordStrength(password: string, loginName: string): Strength {
  const length = textLength(password)
  if (length === 0) return 'NONE'
  if (length < PASSWORD_MIN_LENGTH) return 'SHORT'
  const name = loginName.trim().toLowerCase()
  const holdsName = name.length >= 3 && password.toLowerCase().includes(name)
  const isRun = /^(.)\1*$|^(0?123456789?0?|qwertyui\w*|password\w*)$/i.test(password)
  if (holdsName || isRun || new Set(password).size < DISTINCT_MIN) return 'WEAK'
  if (length >= GOOD_LENGTH) return 'GOOD'
  return length >= FAIR_LENGTH || kindsOf(password) >= 4 ? 'FAIR' : 'WEAK'
}

function kindsOf(password: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password))
    .length
}
