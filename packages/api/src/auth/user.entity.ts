import { LOGIN_NAME_MAX_LENGTH, UserRole } from '@mailroom/shared'
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

registerEnumType(UserRole, {
  name: 'UserRole',
  description: 'ADMIN manages everything. USER has mail accounts.',
})

/** A person who signs in. */
@Entity('app_user')
@ObjectType({ description: 'A person who signs in.' })
@Index('app_user_login_name_key_unique', ['loginNameKey'], { unique: true })
export class User {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Field(() => String, { description: 'What the person types to sign in.' })
  @Column({ type: 'varchar', length: LOGIN_NAME_MAX_LENGTH })
  loginName!: string

  /** What login names are compared by (shared loginNameKey). */
  @Column({ type: 'varchar', length: LOGIN_NAME_MAX_LENGTH * 18 })
  loginNameKey!: string

  @Field(() => String, { description: 'What the screens call the person.' })
  @Column({ type: 'varchar', length: LOGIN_NAME_MAX_LENGTH })
  displayName!: string

  @Field(() => UserRole, { description: 'What the person may do.' })
  @Column({ type: 'varchar', length: 20 })
  role!: UserRole

  /** argon2id in PHC string format. Has no field: it never leaves. */
  @Column({ type: 'varchar', length: 255 })
  passwordHash!: string

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date
}
