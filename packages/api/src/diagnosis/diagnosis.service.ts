import { UserRole, type DiagnosisProblem } from '@mailroom/shared'
import type { AccountConnectionService } from '../account/account-connection.service.js'
import { scopeOf } from '../account/account-scope.js'
import { TooManyRequests, type RequestLimit } from '../auth/request-limit.service.js'
import type { TokenSource } from '../oauth/token-source.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import { accountRequest } from './account-request.js'
import type { AskedDiagnosis, Asker } from './asked-diagnosis.js'
import { concealReport, concealStep } from './conceal-settings.js'
import { diagnose, type DiagnosisReport } from './diagnose.js'
import { diagnosisRequest } from './diagnosis-request.js'
import type { DiagnosisRequest, StepReport } from './diagnosis-report.js'
import { streamSteps } from './step-stream.js'
import { asksForOwnToken, withTokens } from './token-sign-ins.js'
import { undiagnosable } from './undiagnosable.js'

/** Each holds two connections and their sockets; more than this at once is nobody's work. */
const RUNNING_MAX = 20
/** When to try again where too many run; a diagnosis seldom takes longer. */
const RETRY_MS = 5_000

/** What will be diagnosed, or why nothing can be. */
type Prepared = DiagnosisRequest | { readonly problem: DiagnosisProblem }

/** Diagnoses: bounded in number, and in where they may connect and send stored secrets. */
export class DiagnosisService {
  #running = 0

  constructor(
    private readonly policy: AddressPolicy,
    private readonly limit: RequestLimit,
    private readonly tokens: TokenSource,
    private readonly accounts: AccountConnectionService,
  ) {}

  /** The whole report. Throws TOO_MANY_REQUESTS. */
  async run(by: Asker, asked: AskedDiagnosis, signal: AbortSignal): Promise<DiagnosisReport> {
    const prepared = await this.#prepare(by, asked)
    const report = await this.#diagnose(by, prepared, signal)
    return seesSettings(by) ? report : concealReport(report)
  }

  /** Each step as it ends. Whoever stops listening stops the connections. Throws TOO_MANY_REQUESTS. */
  async stream(
    by: Asker,
    asked: AskedDiagnosis,
    signal: AbortSignal,
  ): Promise<AsyncIterableIterator<StepReport>> {
    const prepared = await this.#prepare(by, asked)
    const shown = seesSettings(by) ? (step: StepReport) => step : concealStep
    return streamSteps(
      (onStep, either) => this.#diagnose(by, prepared, either, (step) => onStep(shown(step))),
      signal,
    )
  }

  /** Takes a place, which #diagnose gives back. */
  async #prepare(by: Asker, asked: AskedDiagnosis): Promise<Prepared> {
    // What is wrong with the input uses up nothing.
    const typed =
      asked.input && !asked.accountId
        ? diagnosisRequest(asked.input, asked.credentials, asked)
        : undefined
    if (this.#running >= RUNNING_MAX) throw new TooManyRequests(RETRY_MS)
    // Before anything is waited for, so that none of those who ask at once slips past.
    this.#running += 1
    try {
      await this.limit.take(by.user.id)
      return typed ?? (await this.#ofAccount(by, asked))
    } catch (error) {
      this.#running -= 1
      throw error
    }
  }

  async #ofAccount(by: Asker, asked: AskedDiagnosis): Promise<Prepared> {
    const connection = await this.accounts.connectionOf(scopeOf(by.user), asked.accountId ?? '', {
      evenDisabled: true,
    })
    if ('problem' in connection) return connection
    const { request, usesSecrets } = accountRequest(asked, connection)
    // Before the first byte goes out.
    const usesOwnToken =
      asksForOwnToken(request) && (await this.tokens.hasOwn(request.oauth?.providerId ?? ''))
    if (usesSecrets || usesOwnToken)
      await this.accounts.recordDiagnosis(by.actor, connection.account)
    return request
  }

  async #diagnose(
    { user }: Asker,
    prepared: Prepared,
    signal: AbortSignal,
    onStep?: (step: StepReport) => void,
  ): Promise<DiagnosisReport> {
    try {
      if ('problem' in prepared) {
        const report = undiagnosable(prepared.problem)
        for (const step of report.steps) onStep?.(step)
        return report
      }
      const signedIn = await withTokens(prepared, this.tokens, user.id, signal)
      return await diagnose(signedIn, { signal, policy: this.policy, onStep })
    } finally {
      this.#running -= 1
    }
  }
}

/** What a plain user never sees, by whatever way. */
const seesSettings = ({ user }: Asker) => user.role === UserRole.ADMIN
