import {
  DiscoveryNote,
  DiscoverySource,
  DiscoverySourceProblem,
  UsernameForm,
} from '@mailroom/shared'
import { ArgsType, Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import {
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
} from '../mail-server/mail-server-enums.js'
import { EmailAddress } from '../validation/rules.js'

registerEnumType(DiscoverySource, {
  name: 'DiscoverySource',
  description:
    "Who proposes settings. AUTOCONFIG_PROVIDER: the provider's own autoconfig file. AUTOCONFIG_MOZILLA: Mozilla's list of providers. SRV: records of the domain (RFC 6186, RFC 8314). MX: our own list, by where the domain's mail is delivered. PRESET: our own list, by the domain. GUESS: usual names that answered.",
})
registerEnumType(DiscoverySourceProblem, {
  name: 'DiscoverySourceProblem',
  description:
    'Why a source could not be asked, or its answer not be used. NAME_SERVER_UNREACHABLE is what a missing network looks like.',
})
registerEnumType(DiscoveryNote, {
  name: 'DiscoveryNote',
  description:
    "What has to be known or done besides. APP_PASSWORD: a password for mail programs, made in the provider's settings. ENABLE_ACCESS: mail programs must first be let in there. PROVIDER_USER_NAME: the user name is the provider's, not the address. LOCAL_BRIDGE: a program of the provider's must run beside Mailroom.",
})
registerEnumType(UsernameForm, {
  name: 'UsernameForm',
  description: 'What accounts sign in with: the whole address, or what stands before its @.',
})

@ArgsType()
export class FindMailServerSettingsArgs {
  @Field(() => String, {
    description:
      'One e-mail address, at most 254 characters. The whole of it is sent to its own provider only.',
  })
  @EmailAddress()
  email!: string
}

@ObjectType()
abstract class FoundSettings {
  @Field(() => String, { description: 'A host name, or an address.' })
  host!: string

  @Field(() => Int, { description: '1 to 65535.' })
  port!: number

  @Field(() => EncryptionMode, { description: 'Whether and how the connection is encrypted.' })
  encryption!: EncryptionMode

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the server answered as it should, up to what it offers; null where it was not tried.',
  })
  isReached!: boolean | null

  @Field(() => String, {
    nullable: true,
    description: 'Why it was not reached: a code as in diagnoses (docs/diagnosis.md).',
  })
  problem!: string | null
}

@ObjectType({ description: 'How mail would be sent.' })
export class FoundOutgoingSettings extends FoundSettings {
  @Field(() => SmtpAuthMethod, { description: 'The SMTP AUTH mechanism (RFC 4954).' })
  authMethod!: SmtpAuthMethod
}

@ObjectType({ description: 'How mail would be received.' })
export class FoundIncomingSettings extends FoundSettings {
  @Field(() => MailProtocol, { description: 'POP3 or IMAP4.' })
  protocol!: MailProtocol

  @Field(() => IncomingAuthMethod, {
    description: 'By name and password, or by an OAuth 2.0 token.',
  })
  authMethod!: IncomingAuthMethod
}

@ObjectType({ description: 'Settings that were found for both sides.' })
export class MailServerCandidate {
  @Field(() => DiscoverySource, {
    description: 'Who proposes them; the most trusted one where several do.',
  })
  source!: DiscoverySource

  @Field(() => String, { nullable: true, description: "The provider's name, where one is known." })
  providerName!: string | null

  @Field(() => FoundOutgoingSettings, { description: 'How mail would be sent.' })
  outgoing!: FoundOutgoingSettings

  @Field(() => FoundIncomingSettings, { description: 'How mail would be received.' })
  incoming!: FoundIncomingSettings

  @Field(() => UsernameForm, {
    nullable: true,
    description: 'What accounts sign in with; null where that is not known.',
  })
  usernameForm!: UsernameForm | null

  @Field(() => String, {
    nullable: true,
    description:
      "The address of the provider's page about it. To be shown as text: it was not checked.",
  })
  documentationUrl!: string | null

  @Field(() => [DiscoveryNote], { description: 'What has to be known or done besides.' })
  notes!: readonly DiscoveryNote[]
}

@ObjectType({ description: 'A source that had no say.' })
export class UnaskedSource {
  @Field(() => DiscoverySource, { description: 'Which.' })
  source!: DiscoverySource

  @Field(() => DiscoverySourceProblem, { description: 'Why.' })
  problem!: DiscoverySourceProblem
}

@ObjectType({ description: 'What was found for an e-mail address. Nothing of it is stored.' })
export class MailServerDiscovery {
  @Field(() => [MailServerCandidate], {
    description:
      'The best first: reached before not reached, encrypted before clear, then by how far the source is trusted.',
  })
  candidates!: readonly MailServerCandidate[]

  @Field(() => [UnaskedSource], {
    description: 'Sources that could not be asked, such as all of them without a network.',
  })
  unasked!: readonly UnaskedSource[]
}
