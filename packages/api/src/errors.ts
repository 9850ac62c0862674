import { ErrorCode, type FieldRule } from '@mailroom/shared'
import type { Sentence } from './language.js'

/** A field's refusal before it is worded: `limit` is the number that the rule names, if it has one. */
export interface FieldRefusal {
  readonly path: string
  readonly rule: FieldRule
  readonly limit?: number | undefined
}

interface AppErrorOptions {
  readonly fields?: readonly FieldRefusal[]
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** A failure that a caller can cause and act on: a stable code and a sentence that says what to do. */
export class AppError extends Error {
  override name = 'AppError'
  readonly fields: readonly FieldRefusal[] | undefined
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(
    readonly code: ErrorCode,
    readonly sentence: Sentence,
    options: AppErrorOptions = {},
  ) {
    super(sentence.en, { cause: options.cause })
    this.fields = options.fields
    this.extensions = options.extensions ?? {}
  }
}

export const unauthenticated = () =>
  new AppError(ErrorCode.UNAUTHENTICATED, {
    ja: 'サインインしてください。',
    en: 'Sign in first.',
  })

export const forbidden = () =>
  new AppError(ErrorCode.FORBIDDEN, {
    ja: 'この操作には管理者の権限が必要です。',
    en: 'Only an administrator may do this.',
  })

/** For refused fields; the words of each come from its rule. */
export const badUserInput = (fields: readonly FieldRefusal[]) =>
  new AppError(
    ErrorCode.BAD_USER_INPUT,
    { ja: '入力内容を確認してください。', en: 'Check the highlighted fields.' },
    { fields },
  )
