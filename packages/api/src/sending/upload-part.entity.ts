import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { Upload } from './upload.entity.js'

/** A piece of a file: nobody has to hold all of it at once. */
@Entity('upload_part')
export class UploadPart {
  @PrimaryColumn({ type: 'uuid' })
  uploadId!: string

  @ManyToOne(() => Upload, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'upload_id', foreignKeyConstraintName: 'upload_part_upload_fk' })
  upload!: Upload

  @PrimaryColumn({ type: 'int' })
  position!: number

  @Column({ type: 'bytea' })
  bytes!: Buffer
}
