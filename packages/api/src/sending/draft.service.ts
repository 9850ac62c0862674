import { DRAFTS_MAX } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { AccountReader } from '../account/account-reader.js'
import { accountNotFound } from '../account/account.errors.js'
import { readRows } from '../db/read-rows.js'
import { violatedConstraint } from '../db/violated-constraint.js'
import { isUuid } from '../validation/rules.js'
import { requireAttachmentsSize } from './attachments-size.js'
import type { DraftContent } from './draft-content.js'
import { Draft, DRAFT_ACCOUNT_FK } from './draft.entity.js'
import type { DraftInput } from './draft.input.js'
import { contentOf } from './mail-content.input.js'
import { draftChanged, draftNotFound, tooManyDrafts } from './sending.errors.js'
import type { UploadService } from './upload.service.js'
import type { Writer } from './writer.js'

/** Where a draft goes, and whose it is. */
interface DraftPlace {
  readonly userId: string
  readonly accountId: string
}

/** What people are writing: each sees his own only. */
export class DraftService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: AccountReader,
    private readonly uploads: UploadService,
  ) {}

  /** Of one account, the last saved first. Throws NOT_FOUND. */
  async list({ userId, scope }: Writer, accountId: string): Promise<Draft[]> {
    if ((await this.accounts.find(scope, accountId)) === null) throw accountNotFound()
    return readRows(
      this.dataSource,
      Draft,
      undefined,
      'WHERE user_id = $1 AND account_id = $2 ORDER BY updated_at DESC, id DESC LIMIT $3',
      [userId, accountId, DRAFTS_MAX],
    )
  }

  async find({ userId }: Pick<Writer, 'userId'>, id: string): Promise<Draft | null> {
    if (!isUuid(id)) return null
    const [row] = await readRows(
      this.dataSource,
      Draft,
      undefined,
      'WHERE id = $1 AND user_id = $2',
      [id, userId],
    )
    return row ?? null
  }

  /**
   * A new one where no id is given. Throws NOT_FOUND, CONFLICT where it has been saved since `version`,
   * and BAD_USER_INPUT for a file that is not there.
   */
  async save(
    writer: Writer,
    id: string | null | undefined,
    version: number | null | undefined,
    input: DraftInput,
  ): Promise<Draft> {
    const { userId, scope } = writer
    const account = await this.accounts.find(scope, input.accountId)
    if (account === null) throw accountNotFound()
    const place = { userId, accountId: account.id }
    const content = contentOf(input)
    const attachmentIds = input.attachmentIds ?? []
    requireAttachmentsSize(await this.uploads.own(userId, attachmentIds))
    const savedId = await this.dataSource.transaction(async (manager) => {
      const savedId = id
        ? await this.#update(manager, place, { id, version: version ?? 0 }, content)
        : await this.#insertOne(manager, place, content)
      await this.uploads.hold(manager, 'draft_id', savedId, attachmentIds)
      return savedId
    })
    const saved = await this.find(writer, savedId)
    if (saved === null) throw draftNotFound()
    return saved
  }

  /** With its files. Throws NOT_FOUND. */
  async delete({ userId }: Pick<Writer, 'userId'>, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const draft = await this.find({ userId }, id)
      if (draft === null) throw draftNotFound()
      await manager.query('DELETE FROM upload WHERE draft_id = $1 AND sending_id IS NULL', [id])
      await manager.query('DELETE FROM draft WHERE id = $1', [id])
    })
  }

  /** Makes one of what was to be sent; its files are the caller's to hand over. */
  async insert(manager: EntityManager, place: DraftPlace, content: DraftContent): Promise<string> {
    try {
      const [row]: { id: string }[] = await manager.query(
        `INSERT INTO draft (user_id, account_id, ${COLUMNS}) VALUES ($1, $2, ${VALUES}) RETURNING id`,
        [place.userId, place.accountId, ...valuesOf(content)],
      )
      return row?.id ?? ''
    } catch (error) {
      if (violatedConstraint(error) === DRAFT_ACCOUNT_FK) throw accountNotFound()
      throw error
    }
  }

  async #insertOne(
    manager: EntityManager,
    place: DraftPlace,
    content: DraftContent,
  ): Promise<string> {
    const [row]: { count: number }[] = await manager.query(
      'SELECT count(*)::int AS count FROM draft WHERE user_id = $1 AND account_id = $2',
      [place.userId, place.accountId],
    )
    if ((row?.count ?? 0) >= DRAFTS_MAX) throw tooManyDrafts()
    return this.insert(manager, place, content)
  }

  async #update(
    manager: EntityManager,
    { userId, accountId }: DraftPlace,
    { id, version }: { readonly id: string; readonly version: number },
    content: DraftContent,
  ): Promise<string> {
    const own = await this.find({ userId }, id)
    if (own === null) throw draftNotFound()
    const [, saved]: [unknown, number] = await manager.query(
      `UPDATE draft SET (account_id, ${COLUMNS}) = ROW ($2, ${VALUES}), version = version + 1,
         updated_at = now()
       WHERE id = $1 AND version = $12`,
      [id, accountId, ...valuesOf(content), version],
    )
    if (saved === 0) throw draftChanged(own.version)
    return id
  }
}

const COLUMNS =
  '"to", cc, bcc, subject, text, html, reply_to_id, forward_of_id, forward_attachment_ids'
const VALUES = '$3::text[], $4::text[], $5::text[], $6, $7, $8, $9::uuid, $10::uuid, $11::text[]'

function valuesOf(content: DraftContent): unknown[] {
  const { to, cc, bcc, subject, text, html, replyToId, forwardOfId, forwardAttachmentIds } = content
  return [to, cc, bcc, subject, text, html, replyToId, forwardOfId, forwardAttachmentIds]
}
