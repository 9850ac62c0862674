import { FieldRule } from '@mailroom/shared'
import type { ValidationError } from 'class-validator'
import type { FieldRefusal } from '../errors.js'

/** What class-validator found, by the path of each field: one refusal a field. */
export function refusalsOf(error: ValidationError, prefix = ''): FieldRefusal[] {
  const path = `${prefix}${error.property}`
  // The first rule that fails says the most; "required" also fails "host" and the like.
  const own = Object.entries(error.constraints ?? {})
    .map(([name, limit]) => ({
      path,
      rule: ruleOf(name),
      limit: limit === '' ? undefined : Number(limit),
    }))
    .sort((a, b) => RULE_ORDER.indexOf(a.rule) - RULE_ORDER.indexOf(b.rule))
    .slice(0, 1)
  return [...own, ...(error.children ?? []).flatMap((child) => refusalsOf(child, `${path}.`))]
}

const RULE_ORDER: readonly FieldRule[] = Object.values(FieldRule)

function ruleOf(constraint: string): FieldRule {
  return RULE_ORDER.find((rule) => rule === constraint) ?? FieldRule.type
}
