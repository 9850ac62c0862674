import { PAGE_MAX, UserRole } from '@mailroom/shared'
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql'
import { scopeOf } from '../account/account-scope.js'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import { ReceiveRun } from './receive-run.entity.js'
import type { ReceiveRunService } from './receive-run.service.js'

const RUNS_USUAL = 20

@Resolver(() => ReceiveRun)
export class ReceiveRunResolver {
  constructor(private readonly runs: ReceiveRunService) {}

  @Access(UserRole.USER)
  @Query(() => ReceiveRun, {
    nullable: true,
    description: 'One receiving, within reach of the caller.',
  })
  receiveRun(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ReceiveRun | null> {
    return this.runs.find(scopeOf(callerIn(context)), id)
  }

  @Access(UserRole.USER)
  @Query(() => [ReceiveRun], { description: "An account's receivings, the newest first." })
  receiveRuns(
    @Arg('accountId', () => ID) accountId: string,
    @Arg('first', () => Int, { defaultValue: RUNS_USUAL }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<ReceiveRun[]> {
    return this.runs.list(
      scopeOf(callerIn(context)),
      accountId,
      Math.min(Math.max(first, 1), PAGE_MAX),
    )
  }

  @Access(UserRole.USER)
  @Mutation(() => ReceiveRun, {
    description:
      'Starts receiving; a receiving of the same account already under way is returned instead of a second one.',
  })
  receiveMail(
    @Arg('accountId', () => ID) accountId: string,
    @Ctx() context: RequestContext,
  ): Promise<ReceiveRun> {
    const caller = callerIn(context)
    return this.runs.start(scopeOf(caller), accountId, { id: caller.id, name: context.actor.name })
  }

  @Access(UserRole.USER)
  @Mutation(() => ReceiveRun, {
    description:
      'Stops a receiving within a second; what it has stored stays. One that is over stays as it is.',
  })
  cancelReceiving(
    @Arg('runId', () => ID) runId: string,
    @Ctx() context: RequestContext,
  ): Promise<ReceiveRun> {
    return this.runs.cancel(scopeOf(callerIn(context)), runId)
  }

  @Access(UserRole.USER)
  @Subscription(() => ReceiveRun, {
    description: 'The receiving now and after each change; completes once it is over.',
    subscribe: ({ args, context }: { args: { runId: string }; context: RequestContext }) =>
      context.progressOf(args.runId),
  })
  receiveProgress(
    @Root() run: ReceiveRun,
    // Declared for the schema; `subscribe` has used it.
    // eslint-disable-next-line @typescript-eslint/no-unused-vars
    @Arg('runId', () => ID) _runId: string,
  ): ReceiveRun {
    return run
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What the server said, secrets out. Administrators only: it may tell where the server is.',
  })
  detail(@Root() { detail }: ReceiveRun, @Ctx() { user }: RequestContext): string | null {
    return user?.role === UserRole.ADMIN ? detail : null
  }

  @FieldResolver(() => Boolean, { description: 'Whether it was the caller who asked for it.' })
  isAskedByMe(@Root() { askedById }: ReceiveRun, @Ctx() { user }: RequestContext): boolean {
    return user !== undefined && askedById === user.id
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The login name of who asked for it, and the token of a program. null: the schedule did, or somebody else than a caller who is no administrator.',
  })
  askedBy(
    @Root() { askedById, askedByName }: ReceiveRun,
    @Ctx() { user }: RequestContext,
  ): string | null {
    const mayKnow = user !== undefined && (user.role === UserRole.ADMIN || user.id === askedById)
    return mayKnow ? askedByName : null
  }
}
