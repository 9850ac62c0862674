import { DiagnosisDepth, problemWords, UserRole } from '@mailroom/shared'
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import { validateInput } from '../graphql/validate-input.js'
import { IncomingSettings } from '../mail-server/incoming-settings.js'
import { MailServerInput } from '../mail-server/mail-server.input.js'
import { OutgoingSettings } from '../mail-server/outgoing-settings.js'
import type { AccountDiagnosis, Asker, TypedDiagnosis } from './asked-diagnosis.js'
import type { DiagnosisReport } from './diagnose.js'
import { type DiagnosisService } from './diagnosis.service.js'
import {
  Diagnosis,
  DiagnosisCredentialsInput,
  DiagnosisStep,
  DiagnosisSuggestion,
} from './diagnosis.type.js'
import { suggestionLabel } from './suggestion-words.js'

const ADDRESS =
  "The account's own e-mail address, sender and recipient in one; needed beyond SIGN_IN, unless accountId has one."
const ACCOUNT =
  "Whose stored credentials to use where none are typed; each use is recorded. They go only where the account's own server is: where another host, port, encryption or trusted certificate was typed and not saved, its field is refused."
const OF_ACCOUNT =
  'How an account signs in at its server, both as they are stored. Administrators see all of it; its owner sees how each step went and what to do, and nothing of where the server is.'

@Resolver(() => DiagnosisStep)
export class DiagnosisResolver {
  constructor(private readonly diagnoses: DiagnosisService) {}

  @Access(UserRole.ADMIN)
  @Mutation(() => Diagnosis, {
    description:
      'Connects as sending and receiving would, and says how each step went. Stores nothing.',
  })
  async diagnoseMailServer(
    @Arg('input', () => MailServerInput) input: MailServerInput,
    @Arg('credentials', () => DiagnosisCredentialsInput, { nullable: true })
    credentials: DiagnosisCredentialsInput | null | undefined,
    @Arg('depth', () => DiagnosisDepth, { defaultValue: DiagnosisDepth.SIGN_IN })
    depth: DiagnosisDepth,
    @Arg('address', () => String, { nullable: true, description: ADDRESS })
    address: string | null | undefined,
    @Arg('accountId', () => ID, { nullable: true, description: ACCOUNT })
    accountId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Diagnosis> {
    const asked = { input, credentials, depth, address, accountId }
    return toDiagnosis(await this.diagnoses.run(askerIn(context), asked, context.signal))
  }

  @Access(UserRole.USER)
  @Mutation(() => Diagnosis, { description: OF_ACCOUNT })
  async diagnoseMailAccount(
    @Arg('accountId', () => ID) accountId: string,
    @Arg('depth', () => DiagnosisDepth, { defaultValue: DiagnosisDepth.SIGN_IN })
    depth: DiagnosisDepth,
    @Ctx() context: RequestContext,
  ): Promise<Diagnosis> {
    const asked = { accountId, depth }
    return toDiagnosis(await this.diagnoses.run(askerIn(context), asked, context.signal))
  }

  @Access(UserRole.ADMIN)
  @Subscription(() => DiagnosisStep, {
    description:
      'Each step as it ends; completes after the last. Unsubscribing stops the connections.',
    subscribe: async ({ args, context }: { args: TypedDiagnosis; context: RequestContext }) => {
      const input = Object.assign(new MailServerInput(), args.input, {
        outgoing: Object.assign(new OutgoingSettings(), args.input.outgoing),
        incoming: Object.assign(new IncomingSettings(), args.input.incoming),
      })
      const credentials = Object.assign(new DiagnosisCredentialsInput(), args.credentials)
      await validateInput(input, credentials)
      return context.stepsOf({ ...args, input, credentials })
    },
  })
  mailServerDiagnosis(
    @Root() step: DiagnosisStep,
    // Declared for the schema; `subscribe` has used them.
    /* eslint-disable @typescript-eslint/no-unused-vars */
    @Arg('input', () => MailServerInput) _input: MailServerInput,
    @Arg('credentials', () => DiagnosisCredentialsInput, { nullable: true })
    _credentials?: DiagnosisCredentialsInput | null,
    @Arg('depth', () => DiagnosisDepth, { defaultValue: DiagnosisDepth.SIGN_IN })
    _depth?: DiagnosisDepth,
    @Arg('address', () => String, { nullable: true, description: ADDRESS })
    _address?: string | null,
    @Arg('accountId', () => ID, { nullable: true, description: ACCOUNT })
    _accountId?: string | null,
    /* eslint-enable @typescript-eslint/no-unused-vars */
  ): DiagnosisStep {
    return step
  }

  @Access(UserRole.USER)
  @Subscription(() => DiagnosisStep, {
    description: `${OF_ACCOUNT} Each step as it ends; unsubscribing stops the connections.`,
    subscribe: ({ args, context }: { args: AccountDiagnosis; context: RequestContext }) =>
      context.stepsOf({ accountId: args.accountId, depth: args.depth }),
  })
  mailAccountDiagnosis(
    @Root() step: DiagnosisStep,
    /* eslint-disable @typescript-eslint/no-unused-vars */
    @Arg('accountId', () => ID) _accountId: string,
    @Arg('depth', () => DiagnosisDepth, { defaultValue: DiagnosisDepth.SIGN_IN })
    _depth?: DiagnosisDepth,
    /* eslint-enable @typescript-eslint/no-unused-vars */
  ): DiagnosisStep {
    return step
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "One sentence that says what to do about the problem, in the caller's language.",
  })
  advice(@Root() { problem }: DiagnosisStep, @Ctx() { language }: RequestContext): string | null {
    return problem && problemWords(problem, language).advice
  }

  @FieldResolver(() => DiagnosisSuggestion, {
    nullable: true,
    description: 'The change of settings that would mend the problem, where there is one.',
  })
  suggestion(
    @Root() { problem, suggestion }: DiagnosisStep,
    @Ctx() { language }: RequestContext,
  ): DiagnosisSuggestion | null {
    if (problem === null || suggestion === null) return null
    return { ...suggestion, label: suggestionLabel(suggestion, problem, language) }
  }
}

const askerIn = (context: RequestContext): Asker => ({
  user: callerIn(context),
  actor: context.actor,
})

function toDiagnosis({ outcome, steps, outgoing, incoming }: DiagnosisReport): Diagnosis {
  return {
    ...{ outcome, steps },
    outgoingCertificate: outgoing.certificate,
    incomingCertificate: incoming.certificate,
    outgoingAuthMethods: outgoing.authMethods,
    incomingAuthMethods: incoming.authMethods,
  }
}
