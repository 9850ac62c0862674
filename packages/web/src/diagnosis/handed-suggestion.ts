import type { Suggestion } from './apply-suggestion.js'

const KEY = 'suggestion'

/** State of a navigation that hands a suggestion on to the form. */
export function handOn({ path, value, label, also }: Suggestion) {
  // A plain copy: history takes no object that Vue watches.
  const changes = also.map((change) => ({ path: change.path, value: change.value }))
  return { [KEY]: { path, value, label, also: changes } }
}

/** What was handed on; used up at once, or a reload would apply it to what was saved since. */
export function takeHanded(): Suggestion | undefined {
  const state: unknown = history.state
  if (!isRecord(state) || state[KEY] === undefined) return undefined
  const { [KEY]: handed, ...rest } = state
  history.replaceState(rest, '')
  return readSuggestion(handed)
}

function readSuggestion(value: unknown): Suggestion | undefined {
  if (!isRecord(value)) return undefined
  const { path, label } = value
  const change = readChange(value)
  if (change === undefined || typeof path !== 'string' || typeof label !== 'string') {
    return undefined
  }
  const also = Array.isArray(value['also']) ? value['also'].map(readChange) : []
  return { ...change, label, also: also.flatMap((one) => (one === undefined ? [] : [one])) }
}

function readChange(value: unknown): { path: string; value: string } | undefined {
  return isRecord(value) && typeof value['path'] === 'string' && typeof value['value'] === 'string'
    ? { path: value['path'], value: value['value'] }
    : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
