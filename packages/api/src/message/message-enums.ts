import { MessageFolder, ParseState } from '@mailroom/shared'
import { registerEnumType } from 'type-graphql'

registerEnumType(MessageFolder, { name: 'MessageFolder', description: 'Where a message lies.' })
registerEnumType(ParseState, {
  name: 'ParseState',
  description:
    'PENDING: kept, and read in a moment. PARSED: read. FAILED: kept, and to be seen as its source only.',
})
