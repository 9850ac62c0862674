import {
  MESSAGE_SIZE_LIMIT_MAX_MIB,
  MESSAGE_SIZE_LIMIT_MIN_MIB,
  RECEIVE_INTERVAL_MAX_MINUTES,
  RECEIVE_INTERVAL_MIN_MINUTES,
  SETTINGS_DEFAULTS,
} from '@mailroom/shared'
import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { Column } from 'typeorm'
import { Between } from '../validation/rules.js'
import { Language } from './settings-enums.js'

/** All that an administrator may both read and write of what holds for the whole installation. */
@ObjectType()
@InputType('ProductSettingsInput')
export abstract class ProductSettings {
  @Field(() => Boolean, {
    description:
      'Whether people add, change and delete their own mail accounts. Otherwise only administrators do.',
  })
  @Column({ type: 'boolean', default: SETTINGS_DEFAULTS.usersManageAccounts })
  usersManageAccounts!: boolean

  @Field(() => Boolean, {
    description:
      'Whether people may have received mail left on the mail server. Otherwise only administrators may set that.',
  })
  @Column({ type: 'boolean', default: SETTINGS_DEFAULTS.usersLeaveMail })
  usersLeaveMail!: boolean

  @Field(() => Int, {
    description:
      '1 to 256 MiB: a larger message is not received (it stays on its server and is listed), and none is sent.',
  })
  @Column({ type: 'int', default: SETTINGS_DEFAULTS.messageSizeLimitMib })
  @Between(MESSAGE_SIZE_LIMIT_MIN_MIB, MESSAGE_SIZE_LIMIT_MAX_MIB)
  messageSizeLimitMib!: number

  @Field(() => Boolean, { description: 'Whether mail is received by itself, at the interval.' })
  @Column({ type: 'boolean', default: SETTINGS_DEFAULTS.receivesAutomatically })
  receivesAutomatically!: boolean

  @Field(() => Int, { description: '1 to 1440 minutes between two receivings of one account.' })
  @Column({ type: 'int', default: SETTINGS_DEFAULTS.receiveIntervalMinutes })
  @Between(RECEIVE_INTERVAL_MIN_MINUTES, RECEIVE_INTERVAL_MAX_MINUTES)
  receiveIntervalMinutes!: number

  @Field(() => Boolean, {
    description:
      'Whether mail servers may be on loopback and private networks. MAILROOM_PRIVATE_NETWORKS=deny forbids it whatever this says.',
  })
  @Column({ type: 'boolean', default: SETTINGS_DEFAULTS.allowsPrivateNetworks })
  allowsPrivateNetworks!: boolean

  @Field(() => Language, {
    description: 'What is spoken to whoever asks for no language that the product speaks.',
  })
  @Column({ type: 'varchar', length: 2, default: SETTINGS_DEFAULTS.defaultLanguage })
  defaultLanguage!: Language
}
