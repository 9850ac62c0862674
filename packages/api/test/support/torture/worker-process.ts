import { SECRET_KEY } from '../api.js'
import { startProcess, stopProcess, type Process } from '../mailroom-process.js'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 20

/** The environment of the product beside a test's API. */
export const workerEnv = (databaseUrl: string): NodeJS.ProcessEnv => ({
  ...process.env,
  MAILROOM_ROLE: 'worker',
  MAILROOM_LOG_LEVEL: 'warn',
  MAILROOM_SECRET_KEY: SECRET_KEY,
  DATABASE_URL: databaseUrl,
})

/** The product that receives, as a process of its own that a test can kill. */
export class WorkerProcess {
  #process: Process | undefined

  constructor(
    private readonly databaseUrl: string,
    private readonly env: NodeJS.ProcessEnv = {},
    private readonly openFilesMax?: number,
  ) {}

  /** Resolves once it takes up runs. */
  async start(): Promise<void> {
    // Else it would work on unseen, and nobody would end it.
    if (this.isRunning) throw new Error('the worker runs')
    const started = startProcess({ ...workerEnv(this.databaseUrl), ...this.env }, this.openFilesMax)
    this.#process = started
    while (!started.output().includes('receives mail')) {
      if (!isRunning(started)) throw new Error(`the worker has ended: ${started.output()}`)
      await sleep(POLL_MS)
    }
  }

  get isRunning(): boolean {
    return this.#process !== undefined && isRunning(this.#process)
  }

  get log(): string {
    return this.#process?.log() ?? ''
  }

  /** The exit code, once it ends. */
  get exited(): Promise<number | null> {
    return this.#process?.exited ?? Promise.resolve(null)
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.child.kill(signal)
  }

  /** As the kernel does it when memory runs out: nothing of the process runs any more. */
  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.exited
  }

  async restart(): Promise<void> {
    await this.kill()
    await this.start()
  }

  async stop(): Promise<void> {
    if (this.#process === undefined) return
    // A paused one would hear of nothing.
    this.signal('SIGCONT')
    await stopProcess(this.#process)
  }
}

const isRunning = ({ child }: Process) => child.exitCode === null && child.signalCode === null
