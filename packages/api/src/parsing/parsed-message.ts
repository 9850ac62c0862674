import type { ParseProblem } from '@mailroom/shared'
import type { SanitisedHtml } from './safe-html.ts'

/** One person of a header; the address is empty where the sender gave a name only, or an address too long to be one. */
export interface ParsedAddress {
  readonly name: string | null
  readonly address: string
}

export interface ParsedAttachment {
  /** From 0, in the order of the source; the same for the same source. */
  readonly position: number
  /** A bare name without folders, safe to show and to save under; null where there is none. */
  readonly filename: string | null
  readonly contentType: string
  /** Of the content as it would be saved; nothing is ever unpacked. */
  readonly sizeBytes: number
  /** Without the angle brackets. */
  readonly contentId: string | null
  /** The HTML shows it, or the sender wants it shown in place. */
  readonly isInline: boolean
}

/** What can be told of a message; every text in it can be stored by PostgreSQL. Limits: parsing-limits.ts. */
export interface ParsedMessage {
  /** With the angle brackets, as are `inReplyTo` and `references`. */
  readonly messageId: string | null
  readonly inReplyTo: string | null
  /** Oldest first. */
  readonly references: readonly string[]
  /** Empty where there is none. */
  readonly subject: string
  readonly from: ParsedAddress | null
  readonly replyTo: readonly ParsedAddress[]
  readonly to: readonly ParsedAddress[]
  readonly cc: readonly ParsedAddress[]
  /** Null where it is missing, unreadable, or not within the years 1970 to 2100. */
  readonly date: Date | null
  /** To be read and searched; of a message that has HTML only, the words of that. */
  readonly text: string | null
  /** The beginning of the text in one line. */
  readonly snippet: string
  /** By what it is found (search-terms.ts). */
  readonly searchTerms: readonly string[]
  /** As the sender wrote it: hostile, to be shown sanitised and in a sandbox. */
  readonly html: string | null
  readonly attachments: readonly ParsedAttachment[]
  /** Something was longer than what is kept; the source has it whole. */
  readonly isCut: boolean
}

/** A message that could not be parsed; `detail` is for the log and may name what the library said. */
export interface ParseFailure {
  readonly ok: false
  readonly problem: ParseProblem
  readonly detail: string
}

export type ParseOutcome = { readonly ok: true; readonly message: ParsedMessage } | ParseFailure

/** HTML that may be shown. */
export type HtmlOutcome = { readonly ok: true; readonly html: SanitisedHtml } | ParseFailure

/** The bytes of one attachment as they would be saved; PARSE_FAILED where there is none at the position. */
export type AttachmentOutcome = { readonly ok: true; readonly content: Buffer } | ParseFailure
