import type { DataSource } from 'typeorm'
import { readRows } from '../db/read-rows.js'
import { DownloadSlots } from '../http/download-slots.js'
import type { Logger } from '../logger.js'
import type { MessageParser } from '../parsing/message-parser.js'
import { MessageContent } from './message-content.entity.js'
import type { MessageSourceStore } from './message-source-store.js'
import type { MailMessage } from './message.type.js'

/** A message's HTML as it may be shown. */
export interface SafeHtml {
  /** Null where there is none, or none that could be made safe in time. */
  readonly html: string | null
  readonly hasRemoteContent: boolean
  /** Whether something was left out because it is too much. */
  readonly isCut: boolean
}

interface HtmlParts {
  readonly dataSource: DataSource
  readonly sources: MessageSourceStore
  readonly parser: MessageParser
  readonly logger: Logger
}

const NO_HTML: SafeHtml = { html: null, hasRemoteContent: false, isCut: false }
/** One is made safe while the next is read; a list that asks for all of them holds no more. */
const AT_ONCE = { total: 2, each: 2 }
const NEVER = new AbortController().signal
const SHOWS_PICTURE = /\bcid:/i

/** Makes the HTML of messages safe, each time that it is read: what is better today is better for all of it. */
export class MessageHtmlService {
  readonly #slots = new DownloadSlots(AT_ONCE)

  constructor(private readonly parts: HtmlParts) {}

  /**
   * @param message one that the caller may read
   * @param showsRemote whether pictures from elsewhere may load
   * Throws TOO_MANY_REQUESTS where others keep it waiting for long.
   */
  read({ id }: MailMessage, showsRemote: boolean): Promise<SafeHtml> {
    return this.#slots.hold(id, NEVER, () => this.#read(id, showsRemote))
  }

  async #read(id: string, showsRemote: boolean): Promise<SafeHtml> {
    const { dataSource, sources, parser, logger } = this.parts
    const [content] = await readRows(
      dataSource,
      MessageContent,
      new Set(['html', 'isCut']),
      'WHERE message_id = $1',
      [id],
    )
    if (content === undefined || content.html === null) return NO_HTML
    const source = SHOWS_PICTURE.test(content.html) ? await sources.read(id) : null
    const outcome = await parser.sanitise(content.html, source, showsRemote)
    if (!outcome.ok) {
      logger.warn({ messageId: id, detail: outcome.detail }, 'HTML could not be made safe')
      return { ...NO_HTML, isCut: true }
    }
    return { ...outcome.html, isCut: outcome.html.isCut || content.isCut }
  }
}
