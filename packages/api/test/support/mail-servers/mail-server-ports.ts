import { freePorts } from './free-ports.js'

/** Where the test servers listen, on 127.0.0.1 and 127.0.0.2. */
export interface MailServerPorts {
  /** Clear text, STARTTLS offered. */
  readonly imap: number
  readonly imaps: number
  /** Clear text, STLS offered. */
  readonly pop3: number
  readonly pop3s: number
  /** Clear text only; AUTH is offered in it. */
  readonly smtp: number
  /** STARTTLS; AUTH is offered only after it. */
  readonly submission: number
  readonly smtps: number
  /** As `smtp`, and PLAIN is the only mechanism. */
  readonly smtpPlainOnly: number
  /** Clear text, no AUTH: relays for whoever has signed in by POP3 from the same address. */
  readonly smtpAfterPop: number
}

/** A free port for each. */
export async function chooseMailServerPorts(): Promise<MailServerPorts> {
  const ports = await freePorts(9)
  const take = () => {
    const port = ports.pop()
    if (port === undefined) throw new Error('too few ports')
    return port
  }
  return {
    imap: take(),
    imaps: take(),
    pop3: take(),
    pop3s: take(),
    smtp: take(),
    submission: take(),
    smtps: take(),
    smtpPlainOnly: take(),
    smtpAfterPop: take(),
  }
}
