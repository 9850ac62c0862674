import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A one-time set-up link, valid until a first administrator exists. */
@Entity('set_up_link')
export class SetUpLink {
  @PrimaryColumn({ type: 'bytea' })
  tokenHash!: Buffer

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date
}
