import { tooManyRequests, type RequestLimit } from '../auth/request-limit.service.js'
import type { TokenSource } from '../oauth/token-source.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import { diagnose, type DiagnosisReport } from './diagnose.js'
import type { DiagnosisRequest, StepReport } from './diagnosis-report.js'
import { streamSteps } from './step-stream.js'
import { withTokens } from './token-sign-ins.js'

/** Each holds two connections and their sockets; more than this at once is no administrator's work. */
const RUNNING_MAX = 20
/** When to try again where too many run; a diagnosis seldom takes longer. */
const RETRY_MS = 5_000

/** Diagnoses for administrators: bounded in number, and in where they may connect. */
export class DiagnosisService {
  #running = 0

  constructor(
    private readonly policy: AddressPolicy,
    private readonly limit: RequestLimit,
    private readonly tokens: TokenSource,
  ) {}

  /** The whole report. Throws TOO_MANY_REQUESTS. */
  async run(
    userId: string,
    request: DiagnosisRequest,
    signal: AbortSignal,
  ): Promise<DiagnosisReport> {
    await this.#admit(userId)
    return this.#diagnose(userId, request, signal)
  }

  /** Each step as it ends. Whoever stops listening stops the connections. Throws TOO_MANY_REQUESTS. */
  async stream(
    userId: string,
    request: DiagnosisRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterableIterator<StepReport>> {
    await this.#admit(userId)
    return streamSteps((onStep, either) => this.#diagnose(userId, request, either, onStep), signal)
  }

  async #admit(userId: string): Promise<void> {
    if (this.#running >= RUNNING_MAX) throw tooManyRequests(RETRY_MS)
    await this.limit.take(userId)
  }

  async #diagnose(
    userId: string,
    request: DiagnosisRequest,
    signal: AbortSignal,
    onStep?: (step: StepReport) => void,
  ): Promise<DiagnosisReport> {
    this.#running += 1
    try {
      const signedIn = await withTokens(request, this.tokens, userId, signal)
      return await diagnose(signedIn, { signal, policy: this.policy, onStep })
    } finally {
      this.#running -= 1
    }
  }
}
