import type { DiagnosisStepPartsFragment } from '../generated/graphql.js'
import {
  usualPort,
  type DraftSide,
  type MailServerDraft,
} from '../mail-server/mail-server-draft.js'
import { FIELD_GROUPS, type FieldDescriptor } from '../mail-server/mail-server-fields.js'

/** A change of settings that the API suggests. */
export type Suggestion = NonNullable<DiagnosisStepPartsFragment['suggestion']>

const SIDES = ['outgoing', 'incoming'] as const satisfies readonly DraftSide[]
const CONNECTION_FIELDS = new Map(
  [...FIELD_GROUPS.outgoing, ...FIELD_GROUPS.incoming].map(({ path, field }) => [path, field]),
)

/**
 * Changes the draft as suggested and answers how to undo it; paths of a newer API are ignored. A port
 * that was not suggested stays: it is this very port that spoke otherwise than expected.
 */
export function applySuggestion(
  draft: MailServerDraft,
  { path, value, also }: Pick<Suggestion, 'path' | 'value' | 'also'>,
): () => void {
  const before = { outgoing: { ...draft.outgoing }, incoming: { ...draft.incoming } }
  const changes = [{ path, value }, ...also].flatMap((change) => {
    const field = CONNECTION_FIELDS.get(change.path)
    return field === undefined ? [] : [{ ...change, field }]
  })
  // Ports last: encryption and protocol move a port that nobody has typed.
  const isPort = (one: (typeof changes)[number]) => one.field.control.kind === 'port'
  for (const change of changes) if (!isPort(change)) write(draft, change.field, change.value)
  for (const side of SIDES) draft[side].port = before[side].port
  for (const change of changes) if (isPort(change)) write(draft, change.field, change.value)
  for (const side of SIDES) {
    if (JSON.stringify(draft[side]) === JSON.stringify(before[side])) continue
    draft[side].isPortTyped = draft[side].port !== String(usualPort(draft, side))
  }
  return () => {
    for (const { path: changed } of changes) restore(draft, before, changed)
    for (const side of SIDES) draft[side].isPortTyped = before[side].isPortTyped
  }
}

function write(draft: MailServerDraft, { control }: FieldDescriptor, value: string): void {
  if (control.kind === 'switch') control.write(draft, value === 'true')
  else control.write(draft, value)
}

/** Puts one field back and leaves what else was typed in the meantime. */
function restore(
  draft: MailServerDraft,
  before: Pick<MailServerDraft, DraftSide>,
  path: string,
): void {
  const field = CONNECTION_FIELDS.get(path)
  if (field === undefined) return
  const old = field.control.read({ ...draft, ...before })
  const ports = { outgoing: draft.outgoing.port, incoming: draft.incoming.port }
  if (field.control.kind === 'switch') field.control.write(draft, old === true)
  else field.control.write(draft, String(old))
  if (field.control.kind === 'port') return
  for (const side of SIDES) draft[side].port = ports[side]
}
