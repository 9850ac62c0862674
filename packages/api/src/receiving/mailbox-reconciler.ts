import type { DataSource } from 'typeorm'
import type { AccountConnectionService } from '../account/account-connection.service.js'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import { accountNotFound } from '../account/account.errors.js'
import type { Actor } from '../audit/actor.js'
import type { RequestLimit } from '../auth/request-limit.service.js'
import type { ListedMessage } from '../transport/receiver.js'
import { TransportError } from '../transport/transport-error.js'
import { Lease } from './lease.js'
import { idKey, mailboxKey } from './mailbox-key.js'
import type { MailboxOpener } from './mailbox-opener.js'
import { ReceiveFailure } from './receive-failure.js'
import type { HeldMessage, ReceivedStore } from './received-store.js'
import { receivingUnderWay } from './receiving.errors.js'
import {
  DifferenceKind,
  type MailboxDifference,
  type Reconciliation,
} from './reconciliation.type.js'

/** Who compares. */
interface Reconciling {
  readonly userId: string
  readonly by: Actor
  readonly signal: AbortSignal
}

interface ReconcilerParts {
  readonly connections: AccountConnectionService
  readonly dataSource: DataSource
  readonly accounts: AccountReader
  readonly mailboxes: MailboxOpener
  readonly store: ReceivedStore
  readonly limit: RequestLimit
}

const SHOWN_MAX = 500
/** The lease is kept for no run that could be cancelled. */
const NO_RUN = '00000000-0000-0000-0000-000000000000'

/** A mailbox as its server lists it. */
interface ServerSide {
  readonly mailboxKey: string
  readonly sizeLimitBytes: number
  readonly all: readonly ListedMessage[]
  /** The ids of those that would be received. */
  readonly wanted: ReadonlySet<string>
}

/** Compares what a server has with what is here, and changes neither. */
export class MailboxReconciler {
  constructor(private readonly parts: ReconcilerParts) {}

  /** Throws NOT_FOUND, TOO_MANY_REQUESTS, and CONFLICT while the account is being received. */
  async reconcile(
    scope: AccountScope,
    accountId: string,
    { userId, by, signal }: Reconciling,
  ): Promise<Reconciliation> {
    const { accounts, connections, dataSource, limit, store } = this.parts
    const account = await accounts.find(scope, accountId)
    if (account === null) throw accountNotFound()
    await limit.take(userId)
    // A maildrop lets one in at a time (RFC 1939 section 4).
    const lease = await Lease.take(dataSource, accountId, NO_RUN)
    if (lease === undefined) throw receivingUnderWay()
    lease.keep(() => undefined)
    try {
      // Somebody has stored credentials used, and no mail is received.
      await connections.recordDiagnosis(by, account)
      const server = await this.#ask(accountId, signal)
      return compare(server, await store.held(accountId, server.mailboxKey))
    } catch (error) {
      if (error instanceof TransportError || error instanceof ReceiveFailure) {
        return { ...NOTHING, problem: error.problem }
      }
      throw error
    } finally {
      await lease.release()
    }
  }

  async #ask(accountId: string, signal: AbortSignal): Promise<ServerSide> {
    const mailbox = await this.parts.mailboxes.mailboxOf(accountId)
    const { place, rules } = mailbox
    const receiver = await mailbox.open({ readOnly: true, signal })
    try {
      const all = await receiver.listAll(signal)
      const wanted = receiver.listsAll ? all : await receiver.list(signal)
      return {
        mailboxKey: mailboxKey(place, receiver.identity).toString('hex'),
        sizeLimitBytes: rules.sizeLimitBytes,
        all,
        wanted: new Set(wanted.map(({ id }) => id)),
      }
    } finally {
      await receiver.finish()
    }
  }
}

const NOTHING = {
  problem: null,
  onServer: null,
  alsoHere: null,
  withoutId: null,
  differenceCount: null,
  differences: [],
}

function compare(server: ServerSide, held: readonly HeldMessage[]): Reconciliation {
  const here = new Set(held.map((each) => each.idKey))
  const named = server.all.flatMap((listed) => {
    const { uniqueId } = listed
    return uniqueId === undefined
      ? []
      : [{ ...listed, uniqueId, idKey: idKey(uniqueId).toString('hex') }]
  })
  const there = new Set(named.map((each) => each.idKey))
  const onlyThere = named
    .filter((each) => !here.has(each.idKey))
    .map((each): MailboxDifference => {
      const { uniqueId, sizeBytes = null } = each
      return {
        kind: kindOf(server, each),
        ...{ uniqueId, sizeBytes, messageId: null, receivedAt: null },
      }
    })
  const onlyHere = held
    .filter((each) => !there.has(each.idKey))
    .map((each): MailboxDifference => {
      const { uniqueId, sizeBytes, messageId, receivedAt } = each
      return {
        kind: DifferenceKind.NOT_ON_SERVER,
        ...{ uniqueId, sizeBytes, messageId, receivedAt },
      }
    })
  const differences = [...onlyThere, ...onlyHere]
  return {
    problem: null,
    onServer: server.all.length,
    alsoHere: named.length - onlyThere.length,
    withoutId: server.all.length - named.length,
    differenceCount: differences.length,
    differences: differences.slice(0, SHOWN_MAX),
  }
}

function kindOf(
  { wanted, sizeLimitBytes }: ServerSide,
  { id, sizeBytes = 0 }: ListedMessage,
): DifferenceKind {
  if (!wanted.has(id)) return DifferenceKind.READ_ELSEWHERE
  return sizeBytes > sizeLimitBytes ? DifferenceKind.TOO_LARGE : DifferenceKind.NOT_RECEIVED
}
