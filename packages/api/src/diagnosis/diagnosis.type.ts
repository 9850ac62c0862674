import {
  CREDENTIAL_MAX_LENGTH,
  DiagnosisDepth,
  DiagnosisOutcome,
  DiagnosisSide,
  DiagnosisStepKind,
  FieldRule,
  type DiagnosisProblem,
} from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { Reference, SecretLength } from '../validation/rules.js'
import type { Suggestion } from './suggestion.js'

registerEnumType(DiagnosisSide, { name: 'DiagnosisSide', description: 'Sending or receiving.' })
registerEnumType(DiagnosisStepKind, {
  name: 'DiagnosisStepKind',
  description: 'Steps of a connection, in the order that the encryption mode needs.',
})
registerEnumType(DiagnosisDepth, {
  name: 'DiagnosisDepth',
  description:
    'How far to go. SIGN_IN: no further. ENVELOPE: names sender and recipient, and sends nothing. ROUND_TRIP: sends a message to oneself, receives it and deletes it.',
})
registerEnumType(DiagnosisOutcome, {
  name: 'DiagnosisOutcome',
  description: 'SKIPPED: not asked for, or an earlier step failed.',
})

@ObjectType({ description: 'What a person needs to know of a certificate to trust it or not.' })
export class CertificateFacts {
  @Field(() => String, { description: 'Whom it names.' })
  subject!: string

  @Field(() => String, { description: 'Who vouches for it.' })
  issuer!: string

  @Field(() => [String], { description: 'The host names and addresses that it is for.' })
  altNames!: readonly string[]

  @Field(() => GraphQLDateTime, { description: 'Valid from.' })
  validFrom!: Date

  @Field(() => GraphQLDateTime, { description: 'Valid until.' })
  validTo!: Date

  @Field(() => String, { description: 'SHA-256 of it, as pinnedCertificate takes it.' })
  fingerprint256!: string

  @Field(() => Boolean, { description: 'Whether it was accepted for this connection.' })
  trusted!: boolean
}

@ObjectType({ description: 'One setting and what it should be.' })
export class SettingChange {
  @Field(() => String, {
    description: 'The field of MailServerInput, such as "outgoing.encryption".',
  })
  path!: string

  @Field(() => String, {
    description: "What it takes: an enum's word, a number in digits, true or false, or a text.",
  })
  value!: string
}

@ObjectType({ description: 'A change of settings that would mend a problem.' })
export class DiagnosisSuggestion extends SettingChange {
  @Field(() => [SettingChange], { description: 'Changes that belong to it.' })
  also!: readonly SettingChange[]

  @Field(() => String, { description: "What a button says, in the caller's language." })
  label!: string
}

@ObjectType({ description: 'How one step of a diagnosis went.' })
export class DiagnosisStep {
  @Field(() => DiagnosisSide, { description: 'The side that it belongs to.' })
  side!: DiagnosisSide

  @Field(() => DiagnosisStepKind, { description: 'What was done.' })
  kind!: DiagnosisStepKind

  @Field(() => DiagnosisOutcome, { description: 'How it went.' })
  outcome!: DiagnosisOutcome

  @Field(() => Float, { description: 'Milliseconds.' })
  durationMs!: number

  @Field(() => String, {
    nullable: true,
    description: 'What the server said or showed, secrets taken out.',
  })
  detail!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'A stable code for what went wrong, such as TLS_CERTIFICATE_UNTRUSTED, TLS_NOT_OFFERED, AUTH_REJECTED, AUTH_METHOD_NOT_OFFERED, CONNECT_REFUSED, TIMEOUT, NOT_THIS_PROTOCOL. All are in docs/diagnosis.md.',
  })
  problem!: DiagnosisProblem | null

  @Field(() => CertificateFacts, {
    nullable: true,
    description: 'The certificate that the server has shown, at the step that judged it.',
  })
  certificate!: CertificateFacts | null

  @Field(() => [String], {
    description: 'Authentication methods on offer, as the server names them, once they are known.',
  })
  authMethods!: readonly string[]

  @Field(() => [String], {
    description:
      'What passed on the wire, secrets taken out: "C:" before what Mailroom said, "S:" before what the server said.',
  })
  transcript!: readonly string[]

  /** Worded by the resolver, in the caller's language. */
  suggestion!: Suggestion | null
}

@ObjectType({ description: 'How connecting to both sides went.' })
export class Diagnosis {
  @Field(() => DiagnosisOutcome, { description: 'The worst of its steps.' })
  outcome!: DiagnosisOutcome

  @Field(() => [DiagnosisStep], { description: 'In the order in which they ended.' })
  steps!: readonly DiagnosisStep[]

  @Field(() => CertificateFacts, { nullable: true, description: 'What the outgoing side showed.' })
  outgoingCertificate!: CertificateFacts | undefined

  @Field(() => CertificateFacts, { nullable: true, description: 'What the incoming side showed.' })
  incomingCertificate!: CertificateFacts | undefined

  @Field(() => [String], {
    description: 'Methods that the outgoing side offers, as it names them.',
  })
  outgoingAuthMethods!: readonly string[]

  @Field(() => [String], {
    description: 'Methods that the incoming side offers, as it names them.',
  })
  incomingAuthMethods!: readonly string[]
}

@InputType({
  description: 'Names and passwords to try; used for this diagnosis and kept nowhere.',
})
export class DiagnosisCredentialsInput {
  @Field(() => String, { nullable: true, description: 'To sign in to the incoming side.' })
  @SecretLength(0, CREDENTIAL_MAX_LENGTH)
  incomingUsername?: string | null

  @Field(() => String, { nullable: true, description: 'To sign in to the incoming side.' })
  @SecretLength(0, CREDENTIAL_MAX_LENGTH)
  incomingPassword?: string | null

  @Field(() => String, { nullable: true, description: 'Where outgoing.credentials is OUTGOING.' })
  @SecretLength(0, CREDENTIAL_MAX_LENGTH)
  outgoingUsername?: string | null

  @Field(() => String, { nullable: true, description: 'Where outgoing.credentials is OUTGOING.' })
  @SecretLength(0, CREDENTIAL_MAX_LENGTH)
  outgoingPassword?: string | null

  @Field(() => ID, {
    nullable: true,
    description:
      "One of the caller's oauthGrants, for the sides with XOAUTH2: its mailbox signs in with its token. Without one, an access token may be given as the password; a provider with client credentials needs a name only.",
  })
  @Reference(FieldRule.type)
  oauthGrantId?: string | null
}
