import { RecipientState, SendState } from '@mailroom/shared'
import { registerEnumType } from 'type-graphql'

registerEnumType(SendState, {
  name: 'SendState',
  description:
    'UNCONFIRMED: the connection was lost after the message was handed over and before the server said that it took it; it is not sent again by itself.',
})
registerEnumType(RecipientState, {
  name: 'RecipientState',
  description:
    'PENDING: not answered for yet, or to be tried again later. REFUSED: not delivered to, for good.',
})
