import { Worker } from 'node:worker_threads'
import { ParseProblem } from '@mailroom/shared'
import { toDbLine } from './db-text.ts'
import type { ParseJob, ParseReply } from './parse-job.ts'
import type { ParseFailure } from './parsed-message.ts'
import { DETAIL_MAX_LENGTH } from './parsing-limits.ts'

/** The built product has .js files; tests run the source. */
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const ENTRY = new URL(`./parse-worker${EXTENSION}`, import.meta.url)

type Answer = Exclude<ParseReply, { readonly kind: 'ready' | 'failed' }> | ParseFailure

/** One thread for one message at a time. Once it has ended, for whatever reason, it is of no more use. */
export class ParseThread {
  readonly #worker: Worker
  readonly #ready = Promise.withResolvers<void>()
  #running: PromiseWithResolvers<Answer> | null = null
  #isReady = false
  #isEnded = false
  #stopped: Error | null = null

  constructor(heapMb: number) {
    this.#worker = new Worker(ENTRY, {
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
      // Nothing of the process is the business of a thread that reads strangers' mail.
      env: {},
      execArgv: [],
    })
    this.#ready.promise.catch(() => undefined)
    this.#worker.on('message', (reply: ParseReply) => this.#receive(reply))
    this.#worker.on('error', (error: Error) => this.#end(error))
    this.#worker.on('exit', () => this.#end(new Error('The thread ended.')))
    this.#worker.unref()
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  /**
   * Does a job, in its time or not at all: then the thread is ended.
   *
   * @throws when the thread cannot start, and what `stop` was given
   */
  async run(job: ParseJob, timeoutMs: number): Promise<Answer> {
    this.#worker.ref()
    try {
      await this.#ready.promise
      if (this.#stopped !== null) throw this.#stopped
      const running = Promise.withResolvers<Answer>()
      this.#running = running
      const memory = job.source?.buffer
      this.#worker.postMessage(job, memory instanceof ArrayBuffer ? [memory] : [])
      const timer = setTimeout(() => this.#expire(timeoutMs), timeoutMs)
      return await running.promise.finally(() => clearTimeout(timer))
    } finally {
      this.#running = null
      this.#worker.unref()
    }
  }

  /** Ends the thread whatever it is doing; what it was asked rejects with the reason. */
  async stop(reason: Error): Promise<void> {
    this.#isEnded = true
    this.#stopped = reason
    this.#ready.reject(reason)
    this.#running?.reject(reason)
    await this.#worker.terminate()
  }

  #receive(reply: ParseReply): void {
    if (reply.kind === 'ready') {
      this.#isReady = true
      this.#ready.resolve()
    } else if (reply.kind === 'failed') {
      this.#running?.resolve(failure(ParseProblem.PARSE_FAILED, reply.detail))
    } else {
      this.#running?.resolve(reply)
    }
  }

  #expire(timeoutMs: number): void {
    this.#isEnded = true
    this.#running?.resolve(failure(ParseProblem.PARSE_TIMEOUT, `not done after ${timeoutMs} ms`))
    void this.#worker.terminate()
  }

  /** Before it was ready no message was to blame: that is ours to repair. */
  #end(error: Error): void {
    this.#isEnded = true
    if (!this.#isReady) this.#ready.reject(error)
    const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    const problem = isMemory ? ParseProblem.PARSE_MEMORY : ParseProblem.PARSE_FAILED
    this.#running?.resolve(failure(problem, error.message))
  }
}

/** The outcome of a message that could not be parsed. */
export function failure(problem: ParseProblem, detail: string): ParseFailure {
  return { ok: false, problem, detail: toDbLine(detail, DETAIL_MAX_LENGTH) }
}
