import type { DataSource } from 'typeorm'

/** Of one row; while a file comes, at most two of them are in memory. */
const PART_BYTES = 256 * 1024

/** The bytes of files, a piece a row: no connection to the database waits for a slow sender. */
export class UploadParts {
  constructor(private readonly dataSource: DataSource) {}

  /** How many bytes there were. Throws what `tooLarge` makes where there are more than so many. */
  async write(
    uploadId: string,
    bytes: AsyncIterable<Buffer>,
    maxBytes: number,
    tooLarge: () => Error,
  ): Promise<number> {
    let size = 0
    let position = 0
    let held: Buffer[] = []
    let heldBytes = 0
    const flush = async () => {
      if (heldBytes === 0) return
      await this.dataSource.query(
        'INSERT INTO upload_part (upload_id, position, bytes) VALUES ($1, $2, $3)',
        [uploadId, position, Buffer.concat(held)],
      )
      position += 1
      held = []
      heldBytes = 0
    }
    for await (const chunk of bytes) {
      size += chunk.length
      if (size > maxBytes) throw tooLarge()
      held.push(chunk)
      heldBytes += chunk.length
      if (heldBytes >= PART_BYTES) await flush()
    }
    await flush()
    return size
  }

  /** All of a file; less where it is going away meanwhile. */
  async read(uploadId: string): Promise<Buffer> {
    const rows: { bytes: Buffer }[] = await this.dataSource.query(
      'SELECT bytes FROM upload_part WHERE upload_id = $1 ORDER BY position',
      [uploadId],
    )
    return Buffer.concat(rows.map(({ bytes }) => bytes))
  }
}
