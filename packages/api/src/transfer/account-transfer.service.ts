import { ACCOUNT_IMPORT_MAX_ROWS, codeKey, type Language } from '@mailroom/shared'
import type { MailAccount } from '../account/account.entity.js'
import type { ManyAccountsService } from '../account/many-accounts.service.js'
import type { Actor } from '../audit/actor.js'
import type { MailServerService } from '../mail-server/mail-server.service.js'
import type { SecretBox } from '../secret/secret-box.js'
import { ACCOUNT_COLUMNS } from './account-columns.js'
import { ACCOUNT_IMPORTABLE, accountDraft } from './account-importable.js'
import { AccountLookup } from './account-lookup.js'
import { describePreview } from './describe-preview.js'
import { confirmed, resultOf } from './import-outcomes.js'
import type { ImportPreview, ImportResult } from './import-preview.type.js'
import { digestOf } from './plan-digest.js'
import { keysIn, planImport } from './plan-import.js'
import { readUpload } from './read-upload.js'
import { writeCsv } from './write-csv.js'

/** Mail accounts as CSV files: what an import would do, doing it, and exporting. */
export class AccountTransferService {
  constructor(
    private readonly accounts: ManyAccountsService,
    private readonly mailServers: MailServerService,
    private readonly secrets: SecretBox,
  ) {}

  /** Says row by row what an import of the file would do. */
  async preview(file: string, language: Language): Promise<ImportPreview> {
    const { upload, planned, digest } = await this.#plan(file)
    return describePreview(ACCOUNT_IMPORTABLE, upload, planned, digest, language)
  }

  /**
   * Imports the whole file or nothing of it. Nobody waits while it is planned: what has changed since
   * is found out when it is saved.
   *
   * @param digest of the preview that was confirmed; CONFLICT where the import would do anything else
   */
  async import(by: Actor, file: string, digest: string | undefined): Promise<ImportResult> {
    const { planned, known, digest: now } = await this.#plan(file)
    await this.accounts.save(by, confirmed(planned, { digest, now }), known.servers)
    return resultOf(planned)
  }

  /** Everyone's accounts by code, as a CSV file piece by piece; without their passwords. */
  async export(language: Language): Promise<AsyncGenerator<string>> {
    const known = await this.#lookUp([])
    return writeCsv(
      ACCOUNT_COLUMNS.map(({ label }) => label[language]),
      rowsOf(this.accounts.inPieces(), known),
    )
  }

  async #plan(file: string) {
    const upload = await readUpload(file, ACCOUNT_COLUMNS, ACCOUNT_IMPORT_MAX_ROWS)
    const accounts = await this.accounts.withCodes(keysIn(ACCOUNT_IMPORTABLE, upload))
    // Servers and people after accounts, so that those whom they name are among them.
    const known = await this.#lookUp(accounts)
    const stored = new Map(accounts.map((account) => [codeKey(account.code), account]))
    const planned = await planImport(ACCOUNT_IMPORTABLE, upload, stored, known)
    // Passwords are in it, and nobody shall find one by trying.
    const digest = this.secrets.fingerprint(await digestOf(ACCOUNT_IMPORTABLE, planned, known))
    return { upload, planned, known, digest }
  }

  async #lookUp(accounts: readonly MailAccount[]): Promise<AccountLookup> {
    const [servers, owners, grants] = await Promise.all([
      this.mailServers.list(true),
      this.accounts.owners(),
      this.accounts.grantsOf(accounts),
    ])
    return new AccountLookup(servers, owners, grants)
  }
}

async function* rowsOf(
  pieces: AsyncIterable<readonly MailAccount[]>,
  known: AccountLookup,
): AsyncGenerator<readonly string[]> {
  for await (const accounts of pieces) {
    for (const account of accounts) {
      const draft = accountDraft(account)
      yield ACCOUNT_COLUMNS.map((column) => column.write(draft, known))
    }
  }
}
