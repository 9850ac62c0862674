interface Message {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

/** For tests: the API's end of a socket, as far as a subscription sees it (graphql-transport-ws). */
export class FakeSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  /** All that were opened, the newest last. */
  static opened: FakeSocket[] = []
  readonly readyState = FakeSocket.OPEN
  readonly heard: Message[] = []
  isClosed = false
  onopen: () => void = () => {}
  onmessage: (event: { data: string }) => void = () => {}
  onclose: (event: { code: number; reason: string }) => void = () => {}

  constructor() {
    FakeSocket.opened.push(this)
    queueMicrotask(() => this.onopen())
  }
  /** The newest. */
  static last(): FakeSocket {
    const last = FakeSocket.opened.at(-1)
    if (last === undefined) throw new Error('no socket was opened')
    return last
  }
  send(text: string): void {
    const message = JSON.parse(text) as Message
    this.heard.push(message)
    if (message.type === 'connection_init') this.#say({ type: 'connection_ack' })
  }
  /** What was asked for last. */
  get asked(): Message | undefined {
    return this.heard.findLast(({ type }) => type === 'subscribe')
  }
  answer(type: string, payload?: unknown): void {
    this.#say({ type, id: this.asked?.id ?? '', payload })
  }
  close(code = 1000): void {
    if (this.isClosed) return
    this.isClosed = true
    this.onclose({ code, reason: '' })
  }
  #say(message: Message): void {
    this.onmessage({ data: JSON.stringify(message) })
  }
}
