/** The socket of a subscription is gone before the subscription was over. */
export class SocketLost extends Error {
  constructor() {
    super('the socket was lost')
    this.name = 'SocketLost'
  }
}
