import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Int, ObjectType } from 'type-graphql'
import { Check, Column, Entity, PrimaryColumn } from 'typeorm'
import { ProductSettings } from './product-settings.js'

/** The one row's key. */
export const SETTINGS_ID = 1

/** What holds for the whole installation. One row, made with the table. */
@Entity('settings')
@Check('settings_one_row', 'id = 1')
@ObjectType({ description: 'What holds for the whole installation.' })
export class Settings extends ProductSettings {
  @PrimaryColumn({ type: 'int', default: SETTINGS_ID })
  id!: number

  @Field(() => Int, {
    description: 'Grows by one with each change; updateSettings must name the one it read.',
  })
  @Column({ type: 'int', default: 1 })
  version!: number

  @Field(() => GraphQLDateTime, { description: 'When they were last changed.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date
}
