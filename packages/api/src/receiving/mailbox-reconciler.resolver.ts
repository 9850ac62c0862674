import { UserRole } from '@mailroom/shared'
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { scopeOf } from '../account/account-scope.js'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import type { MailboxReconciler } from './mailbox-reconciler.js'
import { Reconciliation } from './reconciliation.type.js'

@Resolver(() => Reconciliation)
export class MailboxReconcilerResolver {
  constructor(private readonly reconciler: MailboxReconciler) {}

  @Access(UserRole.USER)
  @Mutation(() => Reconciliation, {
    description:
      'Signs in, compares what the server’s inbox has with what is here, and names each difference. Changes nothing.',
  })
  reconcileMailbox(
    @Arg('accountId', () => ID) accountId: string,
    @Ctx() context: RequestContext,
  ): Promise<Reconciliation> {
    const caller = callerIn(context)
    return this.reconciler.reconcile(scopeOf(caller), accountId, {
      userId: caller.id,
      by: context.actor,
      signal: context.signal,
    })
  }
}
