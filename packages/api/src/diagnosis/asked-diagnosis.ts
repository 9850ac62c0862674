import type { DiagnosisDepth } from '@mailroom/shared'
import type { Actor } from '../audit/actor.js'
import type { Caller } from '../auth/caller.js'
import type { MailServerInput } from '../mail-server/mail-server.input.js'
import type { DiagnosisCredentialsInput } from './diagnosis.type.js'

/** Who asks for a diagnosis. */
export interface Asker {
  readonly user: Caller
  readonly actor: Actor
}

interface Depth {
  readonly depth?: DiagnosisDepth | null | undefined
}

/** Settings as they are typed; with the stored credentials of an account where one is named. */
export interface TypedDiagnosis extends Depth {
  readonly input: MailServerInput
  readonly credentials?: DiagnosisCredentialsInput | null | undefined
  readonly address?: string | null | undefined
  readonly accountId?: string | null | undefined
}

/** An account as it is stored. */
export interface AccountDiagnosis extends Depth {
  readonly accountId: string
  readonly input?: never
}

export type AskedDiagnosis = TypedDiagnosis | AccountDiagnosis
