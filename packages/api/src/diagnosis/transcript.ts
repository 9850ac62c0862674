import { alsoMasking, formsOfSaslAnswer, type Redact } from '../transport/redact.js'

/** A hostile server may talk without end; what a person reads of one step is this much. */
const LINES_MAX = 200
const LINE_MAX = 64 * 1024
/** Shorter words are no answers: verbs, and names that everybody may see. */
const ANSWER_MIN = 8
/** Commands whose arguments are never shown, and how much of each is. */
const SHOWN = /^(?:AUTH \S+|AUTH|USER|PASS|APOP|\S+ LOGIN|\S+ AUTHENTICATE \S+)/i

/**
 * What passed on the wire, one step at a time, fit for a support request. Known secrets are masked by
 * `redact`; while signing in, nothing but the commands' names and the server's final words is kept at
 * all, so that no answer to a challenge depends on being recognised.
 */
export class Transcript {
  readonly #redact: Redact
  #lines: string[] = []
  /** What has come of a line whose end has not. */
  #unfinished = { client: '', server: '' }
  #isSigningIn = false
  /** What was answered to challenges: a server may repeat it. */
  #answers: string[] = []

  constructor(redact: Redact) {
    this.#redact = redact
  }

  /** Begins a step; answers nothing of the one before. */
  begin(isSigningIn: boolean): void {
    this.#lines = []
    this.#unfinished = { client: '', server: '' }
    this.#isSigningIn = isSigningIn
    this.#answers = []
  }

  /** The present step's lines so far: "C:" ours, "S:" the server's. */
  get lines(): readonly string[] {
    return this.#lines
  }

  readonly hear = (from: 'client' | 'server', bytes: Buffer): void => {
    const parts = (this.#unfinished[from] + bytes.toString('utf8')).split('\n')
    // An endless line is not kept to its end.
    this.#unfinished[from] = (parts.pop() ?? '').slice(0, LINE_MAX)
    for (const part of parts) this.#add(from, part.replace(/\r$/, ''))
  }

  #add(from: 'client' | 'server', line: string): void {
    if (this.#lines.length > LINES_MAX) return
    if (this.#lines.length === LINES_MAX) {
      this.#lines.push('…')
      return
    }
    if (this.#isSigningIn && from === 'client') this.#answers.push(...answersOf(line))
    const shown = this.#isSigningIn ? signInLine(from, line) : line
    const redact = alsoMasking(this.#redact, this.#answers)
    this.#lines.push(`${from === 'client' ? 'C' : 'S'}: ${redact(shown)}`)
  }
}

/** Every argument that went out while signing in, and what it holds in base64. */
function answersOf(line: string): string[] {
  const words = line
    .replace(SHOWN, '')
    .split(/[ "]/)
    .filter((word) => word.length >= ANSWER_MIN)
  return words.flatMap((word) => {
    const decoded = Buffer.from(word, 'base64').toString('utf8')
    return [word, ...formsOfSaslAnswer(word), ...(decoded.length >= ANSWER_MIN ? [decoded] : [])]
  })
}

function signInLine(from: 'client' | 'server', line: string): string {
  if (from === 'server') return /^(334|\+) /.test(line) ? line.replace(/ .*/s, ' […]') : line
  const command = SHOWN.exec(line)?.[0]
  if (command === undefined) return /^[A-Z]{4}$|^\*$/i.test(line) ? line : '[…]'
  return command.length < line.length ? `${command} […]` : command
}
