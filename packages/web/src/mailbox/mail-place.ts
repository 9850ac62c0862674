import { MessageFolder } from '@mailroom/shared'
import type { LocationQuery, RouteLocationRaw, RouteParams } from 'vue-router'

/** What the mail screen shows, as its address says. */
export interface MailPlace {
  readonly accountId: string
  readonly folder: MessageFolder
  readonly search: string
  readonly unreadOnly: boolean
  /** The message that is open; empty for none. */
  readonly messageId: string
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const folderOf = (name: string) =>
  Object.values(MessageFolder).find((folder) => folder === name.toUpperCase()) ??
  MessageFolder.INBOX

export function placeOf(params: RouteParams, query: LocationQuery): MailPlace {
  return {
    accountId: textOf(params['accountId']),
    folder: folderOf(textOf(params['folder'])),
    messageId: textOf(params['messageId']),
    search: textOf(query['q']),
    unreadOnly: query['unread'] === '1',
  }
}

/** The address of a place; what is not looked for is not in it. */
export function addressOf(place: MailPlace): Exclude<RouteLocationRaw, string> {
  const { accountId, folder, messageId, search, unreadOnly } = place
  const parts = [accountId, folder.toLowerCase(), ...(messageId === '' ? [] : [messageId])]
  return {
    path: `/mail/${parts.map(encodeURIComponent).join('/')}`,
    query: { ...(search === '' ? {} : { q: search }), ...(unreadOnly ? { unread: '1' } : {}) },
  }
}

/** The same list has the same key, whichever of its messages is open. */
export const listKeyOf = ({ accountId, folder, search, unreadOnly }: MailPlace) =>
  JSON.stringify([accountId, folder, search.trim(), unreadOnly])
