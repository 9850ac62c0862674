import { ActorKind, AuditAction, AuditSubject } from '@mailroom/shared'
import { registerEnumType } from 'type-graphql'

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What was done. SIGN_IN_FAILED also tells from when on sign-ins were not looked at.',
})
registerEnumType(AuditSubject, { name: 'AuditSubject', description: 'What it was done to.' })
registerEnumType(ActorKind, {
  name: 'ActorKind',
  description:
    'Who did it: a person, a program with a token, Mailroom itself, or somebody who was not signed in.',
})

export { ActorKind, AuditAction, AuditSubject }
