import { UserRole } from '@mailroom/shared'
import type { GraphQLResolveInfo } from 'graphql'
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql'
import { Access } from '../auth/access.js'
import type { RequestContext } from '../graphql/request-context.js'
import { selectedPaths } from '../graphql/selected-paths.js'
import { MailServer } from './mail-server.entity.js'
import { MailServerInput } from './mail-server.input.js'
import { MailServerOption, type NamedOption } from './mail-server-option.type.js'
import type { MailServerService } from './mail-server.service.js'

@Resolver(() => MailServer)
export class MailServerResolver {
  constructor(private readonly mailServers: MailServerService) {}

  @Access(UserRole.ADMIN)
  @Query(() => [MailServer], {
    name: 'mailServers',
    description: 'In display order. Administrators.',
  })
  list(
    @Arg('includeDeleted', () => Boolean, { defaultValue: false }) includeDeleted: boolean,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MailServer[]> {
    return this.mailServers.list(includeDeleted, selectedPaths(info))
  }

  @Access(UserRole.ADMIN)
  @Query(() => Int, {
    name: 'deletedMailServerCount',
    description: 'How many servers are deleted and can be brought back. Administrators.',
  })
  countDeleted(): Promise<number> {
    return this.mailServers.countDeleted()
  }

  @Access(UserRole.ADMIN)
  @Query(() => MailServer, {
    name: 'mailServer',
    nullable: true,
    description: 'One server, a deleted one too; null where there is none. Administrators.',
  })
  find(@Arg('id', () => ID) id: string): Promise<MailServer | null> {
    return this.mailServers.find(id)
  }

  @Access(UserRole.USER)
  @Query(() => [MailServerOption], {
    name: 'mailServerOptions',
    description: 'The dropdown, in display order. Anyone signed in.',
  })
  options(@Info() info: GraphQLResolveInfo): Promise<NamedOption[]> {
    return this.mailServers.options(selectedPaths(info))
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => MailServer, {
    name: 'createMailServer',
    description: 'Adds a server at the end of the order.',
  })
  create(
    @Arg('input', () => MailServerInput) input: MailServerInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<MailServer> {
    return this.mailServers.create(actor, input)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => MailServer, {
    name: 'updateMailServer',
    description: 'Replaces all settings; a CONFLICT where `version` is not the current one.',
  })
  update(
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('input', () => MailServerInput) input: MailServerInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<MailServer> {
    return this.mailServers.update(actor, id, version, input)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => [MailServer], {
    name: 'reorderMailServers',
    description:
      "Every server's id, once each, in the order wanted; anything else is a CONFLICT that changes nothing.",
  })
  reorder(
    @Arg('ids', () => [ID]) ids: string[],
    @Ctx() { actor }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MailServer[]> {
    return this.mailServers.reorder(actor, ids, selectedPaths(info))
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => MailServer, {
    name: 'deleteMailServer',
    description: 'Takes a server out of the list and every dropdown; restoreMailServers undoes it.',
  })
  delete(@Arg('id', () => ID) id: string, @Ctx() { actor }: RequestContext): Promise<MailServer> {
    return this.mailServers.delete(actor, id)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => Int, {
    name: 'deleteAllMailServers',
    description:
      'The number deleted. With expectedCount, a CONFLICT that changes nothing where it differs.',
  })
  deleteAll(
    @Arg('expectedCount', () => Int, { nullable: true }) expectedCount: number | null,
    @Ctx() { actor }: RequestContext,
  ): Promise<number> {
    return this.mailServers.deleteAll(actor, expectedCount ?? undefined)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => [MailServer], {
    name: 'restoreMailServers',
    description: 'Brings deleted servers back, at the end of the order.',
  })
  restore(
    @Arg('ids', () => [ID]) ids: string[],
    @Ctx() { actor }: RequestContext,
  ): Promise<MailServer[]> {
    return this.mailServers.restore(actor, ids)
  }

  @Access(UserRole.ADMIN)
  @Subscription(() => [MailServer], {
    name: 'mailServersChanged',
    description: 'The servers or their order changed, through any API process.',
    subscribe: ({ context }: { context: RequestContext }) => context.changesOf('mail-server'),
  })
  changed(@Info() info: GraphQLResolveInfo): Promise<MailServer[]> {
    return this.mailServers.list(false, selectedPaths(info))
  }

  // The position of a deleted server is NULL in the database; the contract's Int is never null.
  @FieldResolver(() => Int)
  position(@Root() server: MailServer): number {
    return server.position ?? 0
  }
}
