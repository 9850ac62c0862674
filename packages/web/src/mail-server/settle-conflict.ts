import { letUsualPortsFollow, neutralised, type MailServerDraft } from './mail-server-draft.js'
import { ALL_FIELDS, type FieldDescriptor, type PlacedField } from './mail-server-fields.js'

export type Keep = 'mine' | 'theirs'

/** The fields in which two versions of a server differ, as they would be kept. */
export function differences(mine: MailServerDraft, theirs: MailServerDraft): PlacedField[] {
  const [left, right] = [neutralised(mine), neutralised(theirs)]
  return ALL_FIELDS.filter(({ field }) => field.control.read(left) !== field.control.read(right))
}

/** What is likely wanted: whoever changed a field keeps it; where both did, mine. */
export function likelyChoice(
  { field: { control } }: PlacedField,
  base: MailServerDraft,
  mine: MailServerDraft,
): Keep {
  return control.read(neutralised(base)) === control.read(neutralised(mine)) ? 'theirs' : 'mine'
}

/** Theirs, with the fields of mine that were chosen. */
export function settle(
  mine: MailServerDraft,
  theirs: MailServerDraft,
  keepMine: readonly PlacedField[],
): MailServerDraft {
  const settled = structuredClone(theirs)
  // Each field was chosen by itself: no port may follow another field's choice.
  settled.outgoing.isPortTyped = true
  settled.incoming.isPortTyped = true
  const source = neutralised(mine)
  for (const { field } of keepMine) copyField(field, source, settled)
  letUsualPortsFollow(settled)
  return settled
}

function copyField({ control }: FieldDescriptor, from: MailServerDraft, to: MailServerDraft): void {
  if (control.kind === 'switch') control.write(to, control.read(from))
  else control.write(to, control.read(from))
}
