import { Column, Entity, PrimaryColumn } from 'typeorm'

/** Proof of which key this database's secrets were encrypted with: something known, sealed with it. */
@Entity('secret_key_check')
export class SecretKeyCheck {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  keyId!: string

  @Column({ type: 'bytea' })
  sealed!: Buffer

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date

  /** Since when nothing is under it; the database refuses whatever comes under it later. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  retiredAt!: Date | null
}
