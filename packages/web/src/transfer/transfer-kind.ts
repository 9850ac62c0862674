import { EXPORT_PATHS } from '@mailroom/shared'
import type { TypedDocumentNode } from '@apollo/client/core'
import {
  ImportMailAccountsDocument,
  ImportMailServersDocument,
  PreviewMailAccountImportDocument,
  PreviewMailServerImportDocument,
  type ImportPreviewPartsFragment,
  type ImportResultPartsFragment,
} from '../generated/graphql.js'
import type { MessageKey } from '../i18n/useText.js'

/** What can be imported from a file, and where that leads. */
export interface TransferKind {
  readonly title: MessageKey
  readonly lead: MessageKey
  readonly format: readonly MessageKey[]
  readonly listPath: string
  readonly exportPath: string
  readonly previewDocument: TypedDocumentNode<
    { preview: ImportPreviewPartsFragment },
    { file: string }
  >
  readonly importDocument: TypedDocumentNode<
    { result: ImportResultPartsFragment },
    { file: string; digest: string }
  >
}

export const MAIL_SERVERS: TransferKind = {
  title: 'transfer.serversTitle',
  lead: 'transfer.serversLead',
  format: [
    'transfer.formatEncoding',
    'transfer.formatHeading',
    'transfer.formatServers',
    'transfer.formatCode',
    'transfer.formatNothingDeleted',
  ],
  listPath: '/mail-servers',
  exportPath: EXPORT_PATHS.mailServers,
  previewDocument: PreviewMailServerImportDocument,
  importDocument: ImportMailServersDocument,
}

export const MAIL_ACCOUNTS: TransferKind = {
  title: 'transfer.accountsTitle',
  lead: 'transfer.accountsLead',
  format: [
    'transfer.formatEncoding',
    'transfer.formatHeading',
    'transfer.formatAccounts',
    'transfer.formatPasswords',
    'transfer.formatAccountCode',
    'transfer.formatNothingDeleted',
  ],
  listPath: '/mail-accounts',
  exportPath: EXPORT_PATHS.mailAccounts,
  previewDocument: PreviewMailAccountImportDocument,
  importDocument: ImportMailAccountsDocument,
}
