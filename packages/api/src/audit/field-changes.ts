/** One field's change as it is kept. Values are texts as people read them; null: there was none. */
export interface FieldChange {
  /** Its path in the input, such as "outgoing.port". */
  readonly field: string
  readonly old: string | null
  readonly new: string | null
  /** A secret: that it changed is told, and nothing else. */
  readonly isSecret?: true
}

/**
 * What differs between two states of the same thing, field by field.
 *
 * @param before undefined where it is new
 * @param after undefined where it is gone
 * @param secrets fields of which only the change is told; their values may be anything comparable
 */
export function fieldChanges(
  before: object | undefined,
  after: object | undefined,
  secrets: readonly string[] = [],
): FieldChange[] {
  const old = new Map(before === undefined ? [] : flatten(before))
  const now = new Map(after === undefined ? [] : flatten(after))
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field): FieldChange[] => {
    const before = old.get(field) ?? null
    const after = now.get(field) ?? null
    if (before === after) return []
    return secrets.includes(field) ? [secretChange(field)] : [{ field, old: before, new: after }]
  })
}

/** That a secret was set, replaced or removed. */
export const secretChange = (field: string): FieldChange => ({
  field,
  old: null,
  new: null,
  isSecret: true,
})

function flatten(object: object, prefix = ''): [string, string | null][] {
  return Object.entries(object).flatMap(([key, value]: [string, unknown]) => {
    const path = `${prefix}${key}`
    if (value === undefined) return []
    if (isPlain(value)) return flatten(value, `${path}.`)
    return [[path, toText(value)] satisfies [string, string | null]]
  })
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !Buffer.isBuffer(value)

function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  // Only for the comparison of secrets: what is stored of one is never told.
  if (Buffer.isBuffer(value)) return value.toString('base64')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
