import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/** A secret that is planted somewhere and must come up nowhere. */
export interface Canary {
  /** Where it was planted. */
  readonly name: string
  readonly text: string
  /** The part that no quoting changes. */
  readonly core: string
}

/** A text of its own, with all that quoting and encoding change. */
export function createCanary(name: string): Canary {
  const core = `cnry${randomBytes(10).toString('hex')}`
  return { name, core, text: `${core}"'\\&+/%<é パ` }
}

/** What is a secret already; its core is all of it. */
export const canaryOf = (name: string, text: string): Canary => ({ name, text, core: text })

/** A place that was looked at, such as a log. */
export interface Place {
  readonly name: string
  readonly bytes: Buffer
}

/** Every form in which a secret could come up, by name. */
export function formsOf({ text, core }: Canary): Map<string, string> {
  const forms = new Map([
    ['plain', core],
    ['whole', text],
    ['JSON', JSON.stringify(text).slice(1, -1)],
    ['URL', encodeURIComponent(text)],
    ['form', new URLSearchParams({ v: text }).toString().slice(2)],
    ['latin1 as UTF-8', Buffer.from(text, 'utf8').toString('latin1')],
    ['reversed', [...core].reverse().join('')],
    ['hex', Buffer.from(core).toString('hex')],
    ['HEX', Buffer.from(core).toString('hex').toUpperCase()],
    ['upper case', core.toUpperCase()],
    ['UTF-16', Buffer.from(core, 'utf16le').toString('latin1')],
  ])
  // Within anything else, such as \0user\0pass: wherever it begins in a group of three bytes.
  for (const shift of [0, 1, 2]) {
    forms.set(`base64 ${shift}`, base64Within(core, shift))
    forms.set(
      `base64url ${shift}`,
      base64Within(core, shift).replace(/\+/g, '-').replace(/\//g, '_'),
    )
  }
  if (/^([0-9a-f]{2})+$/.test(text)) {
    forms.set('bytes', Buffer.from(text, 'hex').toString('latin1'))
    forms.set('bytes in base64', Buffer.from(text, 'hex').toString('base64').replace(/=+$/, ''))
  }
  // Each once, by its first name.
  const texts = [...forms.values()]
  return new Map([...forms].filter(([, form], index) => texts.indexOf(form) === index))
}

/** What of base64 depends on these bytes alone, so many bytes after the begin of a group. */
function base64Within(text: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64')
  return whole.slice(shift === 0 ? 0 : 4)
}

/** Forms that are bytes, one to a character. */
const isBytes = (form: string) => form === 'UTF-16' || form === 'bytes'

/** Where canaries came up: "canary: form in place". */
export function findCanaries(canaries: readonly Canary[], places: readonly Place[]): string[] {
  return canaries.flatMap((canary) =>
    [...formsOf(canary)].flatMap(([form, text]) => {
      const needle = Buffer.from(text, isBytes(form) ? 'latin1' : 'utf8')
      const found = places.filter(({ bytes }) => bytes.includes(needle))
      return found.map((place) => `${canary.name}: ${form} in ${place.name}`)
    }),
  )
}

/** The files below a folder in which one of the canaries is, as it is or encoded. */
export async function findInFiles(canaries: readonly Canary[], folder: string): Promise<string[]> {
  const patterns = canaries.flatMap((canary) =>
    [...formsOf(canary)].flatMap(([form, text]) => (isBytes(form) ? [] : ['-e', text])),
  )
  const how = ['--recursive', '--text', '--fixed-strings', '--files-with-matches']
  const env = { ...process.env, LC_ALL: 'C' }
  const grep = promisify(execFile)('grep', [...how, ...patterns, folder], { env })
  return grep.then(
    ({ stdout }) => stdout.trim().split('\n'),
    (error: { code?: unknown }) => {
      // Nothing was found.
      if (error.code === 1) return []
      throw error
    },
  )
}
