import {
  ATTACHMENTS_MAX,
  ATTACHMENTS_MAX_BYTES,
  ATTACHMENTS_MAX_MIB,
  UPLOAD_MAX_BYTES,
  UPLOAD_MAX_MIB,
} from '@mailroom/shared'
import type { Translate } from '../i18n/useText.js'
import { UploadRefused } from './send-file.js'

/** Why a file cannot come along with those that do; found before anything of it is sent. */
export function uploadRefusal(
  size: number,
  others: readonly { readonly size: number }[],
  t: Translate,
): string {
  if (others.length >= ATTACHMENTS_MAX) return t('compose.tooManyFiles', { max: ATTACHMENTS_MAX })
  if (size > UPLOAD_MAX_BYTES) return t('compose.fileTooLarge', { max: UPLOAD_MAX_MIB })
  const isTooMuch = bytesOf(others) + size > ATTACHMENTS_MAX_BYTES
  return isTooMuch ? t('compose.filesTooLarge', { max: ATTACHMENTS_MAX_MIB }) : ''
}

export const bytesOf = (files: readonly { readonly size: number }[]) =>
  files.reduce((sum, { size }) => sum + size, 0)

/** Why a file did not get there. */
export function uploadFault(error: unknown, t: Translate): string {
  if (!(error instanceof UploadRefused)) return t('errors.INTERNAL')
  return error.sentence || t(error.status === 0 ? 'errors.NETWORK' : 'errors.INTERNAL')
}
