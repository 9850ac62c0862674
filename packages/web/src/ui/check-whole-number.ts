import { toHalfWidth } from '@mailroom/shared'
import type { FieldFault } from './useFieldErrors.js'

interface NumberRange {
  readonly min: number
  readonly max: number
}

/** What is wrong with a whole number as it is typed, full-width digits included. */
export function checkWholeNumber(text: string, { min, max }: NumberRange): FieldFault | undefined {
  const digits = toHalfWidth(text)
  if (digits === '') return { key: 'rules.required' }
  const isInRange = /^\d+$/.test(digits) && Number(digits) >= min && Number(digits) <= max
  return isInRange ? undefined : { key: 'rules.port', values: { min, max } }
}
