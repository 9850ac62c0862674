import { FieldRule, UserRole } from '@mailroom/shared'
import { Args, Ctx, Query, Resolver } from 'type-graphql'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import type { RequestLimit } from '../auth/request-limit.service.js'
import { badUserInput } from '../errors.js'
import type { RequestContext } from '../graphql/request-context.js'
import type { TriedCandidate } from './candidate.js'
import { discover, type DiscoveryMode } from './discover.js'
import {
  FindMailServerSettingsArgs,
  MailServerDiscovery,
  type MailServerCandidate,
} from './discovery.type.js'
import { readMailAddress } from './mail-address.js'
import type { Outside } from './outside.js'
import type { AddressPolicy } from '../transport/address-policy.js'

@Resolver()
export class DiscoveryResolver {
  constructor(
    private readonly outside: Outside,
    private readonly policy: AddressPolicy,
    private readonly mode: DiscoveryMode,
    private readonly limit: RequestLimit,
  ) {}

  @Access(UserRole.ADMIN)
  @Query(() => MailServerDiscovery, {
    description:
      "Finds a mail server's settings by an e-mail address and tries them out, within ten seconds. Stores nothing. At most 20 a minute. Administrators.",
  })
  async findMailServerSettings(
    @Args(() => FindMailServerSettingsArgs) { email }: FindMailServerSettingsArgs,
    @Ctx() context: RequestContext,
  ): Promise<MailServerDiscovery> {
    const address = readMailAddress(email)
    if (address === undefined) throw badUserInput([{ path: 'email', rule: FieldRule.email }])
    await this.limit.take(callerIn(context).id)
    const { outside, policy, mode } = this
    const { candidates, unasked } = await discover(address, {
      ...{ outside, policy, mode },
      signal: context.signal,
    })
    return { candidates: candidates.map(toAnswer), unasked }
  }
}

function toAnswer({
  outgoing,
  incoming,
  outgoingReach,
  incomingReach,
  ...about
}: TriedCandidate): MailServerCandidate {
  return {
    ...about,
    outgoing: { ...outgoing, ...outgoingReach },
    incoming: { ...incoming, ...incomingReach },
  }
}
