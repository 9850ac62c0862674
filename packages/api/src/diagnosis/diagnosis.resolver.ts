import { SmtpCredentials, UserRole } from '@mailroom/shared'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Access } from '../auth/access.js'
import type { RequestContext } from '../graphql/request-context.js'
import { MailServerInput } from '../mail-server/mail-server.input.js'
import { normaliseSettings } from '../mail-server/normalise-settings.js'
import type { Credentials } from '../transport/redact.js'
import { diagnose } from './diagnose.js'
import { Diagnosis, DiagnosisCredentialsInput } from './diagnosis.type.js'

@Resolver()
export class DiagnosisResolver {
  @Access(UserRole.ADMIN)
  @Mutation(() => Diagnosis, {
    description:
      'Connects as sending and receiving would, and says how each step went. Stores nothing.',
  })
  async diagnoseMailServer(
    @Arg('input', () => MailServerInput) input: MailServerInput,
    @Arg('credentials', () => DiagnosisCredentialsInput, { nullable: true })
    credentials: DiagnosisCredentialsInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Diagnosis> {
    const { outgoing, incoming } = normaliseSettings(input)
    const incomingCredentials = pair(credentials?.incomingUsername, credentials?.incomingPassword)
    const outgoingCredentials =
      outgoing.credentials === SmtpCredentials.OUTGOING
        ? pair(credentials?.outgoingUsername, credentials?.outgoingPassword)
        : incomingCredentials
    const request = { outgoing, incoming, outgoingCredentials, incomingCredentials }
    const report = await diagnose(request, { signal: context.signal })
    return {
      outcome: report.outcome,
      steps: report.steps,
      outgoingCertificate: report.outgoing.certificate,
      incomingCertificate: report.incoming.certificate,
      outgoingAuthMethods: report.outgoing.authMethods,
      incomingAuthMethods: report.incoming.authMethods,
    }
  }
}

/** A name with its password; one alone signs nobody in. */
function pair(
  username: string | null | undefined,
  password: string | null | undefined,
): Credentials | undefined {
  return username && password ? { username, password } : undefined
}
