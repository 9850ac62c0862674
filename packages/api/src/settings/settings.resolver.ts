import { UserRole } from '@mailroom/shared'
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver } from 'type-graphql'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import { MyRules } from './my-rules.type.js'
import { Settings } from './settings.entity.js'
import { Language } from './settings-enums.js'
import { SettingsInput } from './settings.input.js'
import type { SettingsService } from './settings.service.js'

@Resolver(() => Settings)
export class SettingsResolver {
  constructor(
    private readonly settings: SettingsService,
    private readonly environment: { readonly allowsPrivateNetworks: boolean },
  ) {}

  @Access(UserRole.ADMIN)
  @Query(() => Settings, {
    name: 'settings',
    description: 'What holds for the whole installation. Administrators.',
  })
  current(): Promise<Settings> {
    return this.settings.current()
  }

  @Access(UserRole.USER)
  @Query(() => MyRules, {
    description: 'What the settings let the caller do. Anyone signed in.',
  })
  myRules(@Ctx() context: RequestContext): Promise<MyRules> {
    return this.settings.rulesFor(callerIn(context).role)
  }

  @Access('PUBLIC')
  @Query(() => Language, {
    description: 'For screens before the sign-in, whose reader has chosen no language.',
  })
  async defaultLanguage(): Promise<Language> {
    return (await this.settings.current()).defaultLanguage
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => Settings, {
    name: 'updateSettings',
    description:
      'Replaces all settings, for every process at once; a CONFLICT where `version` is not the current one.',
  })
  update(
    @Arg('version', () => Int) version: number,
    @Arg('input', () => SettingsInput) input: SettingsInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<Settings> {
    return this.settings.update(actor, version, input)
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether MAILROOM_PRIVATE_NETWORKS=deny forbids private networks, whatever allowsPrivateNetworks says.',
  })
  deniesPrivateNetworks(): boolean {
    return !this.environment.allowsPrivateNetworks
  }
}
