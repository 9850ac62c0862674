import { codeKey } from '@mailroom/shared'
import type { DeletedMailServersQuery } from '../generated/graphql.js'

type Listed = DeletedMailServersQuery['mailServers'][number]

/** A deleted server; `holder` is the one that has its code by now, and must give it up first. */
export interface DeletedMailServer {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly deletedAt: string
  readonly accountCount: number
  readonly holder: Pick<Listed, 'id' | 'name'> | undefined
}

/** The deleted ones of all servers, in the order given. */
export function deletedOf(servers: readonly Listed[]): readonly DeletedMailServer[] {
  const holders = new Map(
    servers.filter((one) => one.deletedAt === null).map((one) => [codeKey(one.code), one]),
  )
  return servers.flatMap(({ id, code, name, deletedAt, accountCount }) =>
    deletedAt === null
      ? []
      : [{ id, code, name, deletedAt, accountCount, holder: holders.get(codeKey(code)) }],
  )
}

/** Those that can come back together: of several with one code, the first. */
export function restorableTogether(
  deleted: readonly DeletedMailServer[],
): readonly DeletedMailServer[] {
  const taken = new Set<string>()
  return deleted.filter(({ code, holder }) => {
    const key = codeKey(code)
    if (holder !== undefined || taken.has(key)) return false
    taken.add(key)
    return true
  })
}
