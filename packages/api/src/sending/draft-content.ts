/** What somebody writes, as it is kept until it is sent. */
export interface DraftContent {
  /** As typed: they are looked at when it is sent. */
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string | null
  /** The message that it answers, or passes on. */
  readonly replyToId: string | null
  readonly forwardOfId: string | null
  /** Attachments of the message that it passes on. */
  readonly forwardAttachmentIds: readonly string[]
}
