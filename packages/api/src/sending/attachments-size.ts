import { ATTACHMENTS_MAX_BYTES } from '@mailroom/shared'
import { attachmentsTooLarge } from './sending.errors.js'

/** Throws BAD_USER_INPUT where files are more than one message may hold. */
export function requireAttachmentsSize(files: readonly { readonly size: number }[]): void {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (bytes > ATTACHMENTS_MAX_BYTES) throw attachmentsTooLarge()
}
