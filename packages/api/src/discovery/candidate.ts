import type {
  DiagnosisProblem,
  DiscoveryNote,
  DiscoverySource,
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
  UsernameForm,
} from '@mailroom/shared'

export interface FoundEndpoint {
  readonly host: string
  readonly port: number
  readonly encryption: EncryptionMode
}
export interface FoundOutgoing extends FoundEndpoint {
  readonly authMethod: SmtpAuthMethod
}
export interface FoundIncoming extends FoundEndpoint {
  readonly protocol: MailProtocol
  readonly authMethod: IncomingAuthMethod
}

/** Settings that a source proposes for both sides. */
export interface Candidate {
  readonly source: DiscoverySource
  readonly providerName: string | null
  readonly outgoing: FoundOutgoing
  readonly incoming: FoundIncoming
  /** Null: not known. */
  readonly usernameForm: UsernameForm | null
  readonly documentationUrl: string | null
  readonly notes: readonly DiscoveryNote[]
}

/** What came of connecting to one side. */
export interface Reach {
  /** Null: not tried. */
  readonly isReached: boolean | null
  readonly problem: DiagnosisProblem | null
}

export interface TriedCandidate extends Candidate {
  readonly outgoingReach: Reach
  readonly incomingReach: Reach
}

export const NOT_TRIED: Reach = { isReached: null, problem: null }
