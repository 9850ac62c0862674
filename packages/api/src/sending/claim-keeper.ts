import type { Logger } from '../logger.js'
import { ClaimLost } from './send-failure.js'
import type { Claim, SendStore } from './send-store.js'

const RENEW_MS = 3_000

/** Keeps the messages that this process sends from being taken for a dead worker's. */
export class ClaimKeeper {
  readonly #held = new Map<Claim, AbortController>()
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly store: SendStore,
    private readonly logger: Logger,
  ) {}

  get isBusy(): boolean {
    return this.#held.size > 0
  }

  /** @param work ends with its signal, where the claim is lost */
  async keep<T>(claim: Claim, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    this.#held.set(claim, controller)
    this.#timer ??= setInterval(() => this.#renew(), RENEW_MS)
    try {
      return await work(controller.signal)
    } finally {
      this.#held.delete(claim)
      if (this.#held.size === 0) {
        clearInterval(this.#timer)
        this.#timer = undefined
      }
    }
  }

  interrupt(reason: ClaimLost): void {
    for (const controller of this.#held.values()) controller.abort(reason)
  }

  #renew(): void {
    const claims = [...this.#held.keys()]
    this.store.renew(claims).then(
      (kept) => {
        for (const claim of claims) {
          if (!kept.has(claim.id)) this.#held.get(claim)?.abort(new ClaimLost())
        }
      },
      // A database that is away may be back: before the final dot it is asked anyway.
      (error: unknown) => this.logger.warn({ err: error }, 'could not keep what is being sent'),
    )
  }
}
