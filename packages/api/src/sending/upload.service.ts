import {
  FILENAME_MAX_LENGTH,
  FieldRule,
  isBlank,
  isPlainText,
  textLength,
  BYTES_PER_MIB,
  UNUSED_UPLOADS_MAX_MIB,
  UPLOAD_MAX_BYTES,
  UPLOAD_UNUSED_HOURS,
} from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { RequestLimit } from '../auth/request-limit.service.js'
import { readRows } from '../db/read-rows.js'
import { badUserInput } from '../errors.js'
import { isUuid } from '../validation/rules.js'
import {
  tooManyUploads,
  uploadNameWrong,
  uploadNotFound,
  uploadTooLarge,
} from './sending.errors.js'
import { UploadParts } from './upload-parts.js'
import { Upload } from './upload.entity.js'

/** A file as it comes. */
export interface IncomingFile {
  readonly filename: string
  readonly contentType: string
  readonly bytes: AsyncIterable<Buffer>
}

/** What holds files. */
export type UploadHolder = 'draft_id' | 'sending_id'

/** Longer is none that anybody registered. */
const CONTENT_TYPE_MAX = 255

/** Files of people, on their way into messages. Whose they are not, for him they are not there. */
export class UploadService {
  readonly #parts: UploadParts

  constructor(
    private readonly dataSource: DataSource,
    /** By person: each is written to the database. */
    private readonly limit: RequestLimit,
  ) {
    this.#parts = new UploadParts(dataSource)
  }

  /**
   * Keeps a file while it comes, piece by piece. Throws BAD_USER_INPUT, CONFLICT, TOO_MANY_REQUESTS;
   * of one that breaks off nothing stays.
   */
  async receive(userId: string, { filename, contentType, bytes }: IncomingFile): Promise<Upload> {
    const name = filename.trim()
    if (isBlank(name) || !isPlainText(name) || textLength(name) > FILENAME_MAX_LENGTH) {
      throw uploadNameWrong()
    }
    await this.limit.take(userId)
    await this.#requireRoom(userId)
    const type = isPlainText(contentType) ? contentType.slice(0, CONTENT_TYPE_MAX) : ''
    const [row]: { id: string }[] = await this.dataSource.query(
      'INSERT INTO upload (user_id, filename, content_type) VALUES ($1, $2, $3) RETURNING id',
      [userId, name, type],
    )
    const id = row?.id ?? ''
    try {
      const size = await this.#parts.write(id, bytes, UPLOAD_MAX_BYTES, uploadTooLarge)
      await this.dataSource.query(
        'UPDATE upload SET size = $2, is_complete = true, used_at = now() WHERE id = $1',
        [id, size],
      )
    } catch (error) {
      await this.dataSource.query('DELETE FROM upload WHERE id = $1', [id])
      throw error
    }
    return this.#own(userId, id)
  }

  /** Throws NOT_FOUND, for one that a message holds too. */
  async delete(userId: string, id: string): Promise<void> {
    await this.#own(userId, id)
    const [, deleted]: [unknown, number] = await this.dataSource.query(
      'DELETE FROM upload WHERE id = $1 AND user_id = $2 AND sending_id IS NULL',
      [id, userId],
    )
    if (deleted === 0) throw uploadNotFound()
  }

  /** The caller's own that no message holds, in this order. Throws BAD_USER_INPUT for one that is not there. */
  async own(userId: string, ids: readonly string[], manager?: EntityManager): Promise<Upload[]> {
    if (ids.length === 0) return []
    const rows = await readRows(
      manager ?? this.dataSource,
      Upload,
      undefined,
      'WHERE id = ANY ($1::uuid[]) AND user_id = $2 AND is_complete AND sending_id IS NULL',
      [ids.filter(isUuid), userId],
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    const missing = ids.flatMap((id, at) =>
      byId.has(id) ? [] : [{ path: `attachmentIds.${at}`, rule: FieldRule.attachment }],
    )
    if (missing.length > 0) throw badUserInput(missing)
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  /**
   * Has a draft or a message hold these, in this order, and lets go of what it held else. Throws
   * NOT_FOUND where one has gone meanwhile, or into another message.
   */
  async hold(
    manager: EntityManager,
    holder: UploadHolder,
    holderId: string,
    ids: readonly string[],
  ): Promise<void> {
    await manager.query(
      `UPDATE upload SET ${holder} = NULL, used_at = now()
       WHERE ${holder} = $1 AND NOT id = ANY ($2::uuid[])`,
      [holderId, ids],
    )
    if (ids.length === 0) return
    const [, held]: [unknown, number] = await manager.query(
      `UPDATE upload SET ${holder} = $1, position = held.position
       FROM unnest($2::uuid[], $3::int[]) AS held (id, position)
       WHERE upload.id = held.id AND sending_id IS NULL`,
      [holderId, ids, ids.map((_, at) => at)],
    )
    if (held < new Set(ids).size) throw uploadNotFound()
  }

  /** What drafts or messages hold, by their ids. */
  async heldBy(
    holder: UploadHolder,
    holderIds: readonly string[],
    manager?: EntityManager,
  ): Promise<ReadonlyMap<string, Upload[]>> {
    const rows = await readRows(
      manager ?? this.dataSource,
      Upload,
      undefined,
      `WHERE ${holder} = ANY ($1::uuid[]) ORDER BY position, id`,
      [holderIds],
    )
    const property = holder === 'draft_id' ? 'draftId' : 'sendingId'
    return Map.groupBy(rows, (row) => row[property] ?? '')
  }

  /** All of a file's bytes. Throws NOT_FOUND where it has gone meanwhile. */
  async read({ id, size }: Upload): Promise<Buffer> {
    const bytes = await this.#parts.read(id)
    if (bytes.length !== size) throw uploadNotFound()
    return bytes
  }

  /** Removes what nothing holds since long. */
  async removeUnused(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM upload WHERE draft_id IS NULL AND sending_id IS NULL
         AND used_at < now() - $1 * interval '1 hour'`,
      [UPLOAD_UNUSED_HOURS],
    )
  }

  async #own(userId: string, id: string): Promise<Upload> {
    const rows = isUuid(id)
      ? await readRows(this.dataSource, Upload, undefined, 'WHERE id = $1 AND user_id = $2', [
          id,
          userId,
        ])
      : []
    const [row] = rows
    if (row === undefined) throw uploadNotFound()
    return row
  }

  async #requireRoom(userId: string): Promise<void> {
    const [row]: { bytes: string }[] = await this.dataSource.query(
      `SELECT coalesce(sum(CASE WHEN is_complete THEN size ELSE $2::int END), 0) AS bytes FROM upload
       WHERE user_id = $1 AND sending_id IS NULL`,
      [userId, UPLOAD_MAX_BYTES],
    )
    if (Number(row?.bytes) > UNUSED_UPLOADS_MAX_MIB * BYTES_PER_MIB) throw tooManyUploads()
  }
}
