import { ImportOutcome, MAIL_SERVERS_MAX, codeKey, type Language } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import type { MailServer } from '../mail-server/mail-server.entity.js'
import type { MailServerService } from '../mail-server/mail-server.service.js'
import type { MailServerSettings } from '../mail-server/mail-server-settings.js'
import type { OAuthProviderService } from '../oauth/oauth-provider.service.js'
import { consequenceCells } from './consequence-cells.js'
import { describePreview } from './describe-preview.js'
import { confirmed, resultOf } from './import-outcomes.js'
import type { ImportPreview, ImportResult } from './import-preview.type.js'
import { MAIL_SERVER_COLUMNS, type KnownProviders } from './mail-server-columns.js'
import { MAIL_SERVER_IMPORTABLE } from './mail-server-importable.js'
import { digestOf } from './plan-digest.js'
import { planImport, type PlannedRow } from './plan-import.js'
import { readUpload, type Upload } from './read-upload.js'
import { writeCsv } from './write-csv.js'

type Planned = PlannedRow<MailServerSettings, MailServer>

/** Mail servers as CSV files: what an import would do, doing it, and exporting. */
export class MailServerTransferService {
  constructor(
    private readonly mailServers: MailServerService,
    private readonly providers: OAuthProviderService,
  ) {}

  /** Says row by row what an import of the file would do. */
  async preview(file: string, language: Language): Promise<ImportPreview> {
    const upload = await read(file)
    const { planned, digest } = await this.#plan(upload, await this.mailServers.list(false))
    return describePreview(MAIL_SERVER_IMPORTABLE, upload, planned, digest, language)
  }

  /**
   * Imports the whole file or nothing of it.
   *
   * @param digest of the preview that was confirmed; CONFLICT where the import would do anything else
   */
  async import(by: Actor, file: string, digest: string | undefined): Promise<ImportResult> {
    const upload = await read(file)
    let done: Planned[] = []
    await this.mailServers.saveMany(by, async (current, manager) => {
      const { planned, digest: now } = await this.#plan(upload, current, manager)
      done = planned
      return confirmed(done, { digest, now })
    })
    return resultOf(done)
  }

  async #plan(upload: ServerUpload, current: readonly MailServer[], manager?: EntityManager) {
    const providers = await this.providers.list(manager)
    const settings = await planImport(MAIL_SERVER_IMPORTABLE, upload, byCode(current), providers)
    const planned = await this.#withConsequences(settings, manager)
    return { planned, digest: await digestOf(MAIL_SERVER_IMPORTABLE, planned, providers) }
  }

  /** What is recorded with each change afterwards is told before. */
  async #withConsequences(rows: readonly Planned[], manager?: EntityManager): Promise<Planned[]> {
    const changes = rows.flatMap(({ outcome, stored: before, draft }) =>
      outcome === ImportOutcome.CHANGE && before !== undefined
        ? [{ before, after: { ...draft, id: before.id } }]
        : [],
    )
    const more = await this.mailServers.consequencesOf(changes, manager)
    return rows.map((row) => ({
      ...row,
      changes: [...row.changes, ...consequenceCells(more(row.stored?.id ?? ''))],
    }))
  }

  /** Every server that is not deleted, in display order, as a CSV file piece by piece. */
  async export(language: Language): Promise<AsyncGenerator<string>> {
    const providers = await this.providers.list()
    const servers = await this.mailServers.list(false)
    return writeCsv(
      MAIL_SERVER_COLUMNS.map(({ label }) => label[language]),
      servers.map((server) => MAIL_SERVER_COLUMNS.map((column) => column.write(server, providers))),
    )
  }
}

type ServerUpload = Upload<MailServerSettings, KnownProviders>

const read = (file: string) => readUpload(file, MAIL_SERVER_COLUMNS, MAIL_SERVERS_MAX)

const byCode = (servers: readonly MailServer[]): ReadonlyMap<string, MailServer> =>
  new Map(servers.map((server) => [codeKey(server.code), server]))
