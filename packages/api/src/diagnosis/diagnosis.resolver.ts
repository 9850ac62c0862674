import { DiagnosisDepth, problemWords, UserRole } from '@mailroom/shared'
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root, Subscription } from 'type-graphql'
import { Access } from '../auth/access.js'
import { unauthenticated } from '../errors.js'
import type { RequestContext } from '../graphql/request-context.js'
import { validateInput } from '../graphql/validate-input.js'
import { IncomingSettings } from '../mail-server/incoming-settings.js'
import { MailServerInput } from '../mail-server/mail-server.input.js'
import { OutgoingSettings } from '../mail-server/outgoing-settings.js'
import { type DiagnosisService } from './diagnosis.service.js'
import {
  Diagnosis,
  DiagnosisCredentialsInput,
  DiagnosisStep,
  DiagnosisSuggestion,
} from './diagnosis.type.js'
import { diagnosisRequest } from './diagnosis-request.js'
import { suggestionLabel } from './suggestion-words.js'

const ADDRESS =
  "The account's own e-mail address, sender and recipient in one; needed beyond SIGN_IN."

interface DiagnosisArgs {
  readonly input: MailServerInput
  readonly credentials?: DiagnosisCredentialsInput | null
  readonly depth: DiagnosisDepth
  readonly address?: string | null
}

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
    @Ctx() context: RequestContext,
  ): Promise<Diagnosis> {
    const request = diagnosisRequest(input, credentials, { depth, address })
    const report = await this.diagnoses.run(callerId(context), request, context.signal)
    return {
      outcome: report.outcome,
      steps: report.steps,
      outgoingCertificate: report.outgoing.certificate,
      incomingCertificate: report.incoming.certificate,
      outgoingAuthMethods: report.outgoing.authMethods,
      incomingAuthMethods: report.incoming.authMethods,
    }
  }

  @Access(UserRole.ADMIN)
  @Subscription(() => DiagnosisStep, {
    description:
      'Each step as it ends; completes after the last. Unsubscribing stops the connections.',
    subscribe: async ({ args, context }: { args: DiagnosisArgs; context: RequestContext }) => {
      const input = Object.assign(new MailServerInput(), args.input, {
        outgoing: Object.assign(new OutgoingSettings(), args.input.outgoing),
        incoming: Object.assign(new IncomingSettings(), args.input.incoming),
      })
      const credentials = Object.assign(new DiagnosisCredentialsInput(), args.credentials)
      await validateInput(input, credentials)
      return context.stepsOf(diagnosisRequest(input, credentials, args))
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

function callerId({ user }: RequestContext): string {
  if (user === undefined) throw unauthenticated()
  return user.id
}
