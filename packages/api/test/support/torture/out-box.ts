import { createAccount, type ReadAccount } from '../accounts-kit.js'
import { createMailServer } from '../mail-servers-kit.js'
import { sendMail, type ReadSending } from '../sending-kit.js'
import { FakeMailbox } from './fake-mailbox.js'
import { FakePop3 } from './fake-pop3.js'
import { FakeSmtp } from './fake-smtp.js'
import type { TortureWorld } from './torture-world.js'

interface OutBoxOptions {
  readonly outgoing?: object
  readonly account?: object
  readonly timeoutSeconds?: number
  /** Of the loopback network; workers have a few connections to a host at once. */
  readonly host?: string
  readonly userId?: string
}

/** Longer than anything that a test waits for, so that no time-out of the product's mends a case. */
const PATIENT_SECONDS = 90

/** An account that sends through a fake server, and has another one to sign in to before. */
export class OutBox {
  private constructor(
    private readonly world: TortureWorld,
    readonly smtp: FakeSmtp,
    readonly pop3: FakePop3,
    readonly account: ReadAccount,
    readonly mailServerId: string,
  ) {}

  static async open(world: TortureWorld, options: OutBoxOptions = {}): Promise<OutBox> {
    const { host = '127.0.0.1', timeoutSeconds = PATIENT_SECONDS } = options
    const smtp = new FakeSmtp()
    const pop3 = new FakePop3(new FakeMailbox())
    const side = { host, encryption: 'NONE', timeoutSeconds }
    const { id } = await createMailServer(world.admin, {
      outgoing: { ...side, port: await smtp.start(), ...options.outgoing },
      incoming: { ...side, port: await pop3.start(), protocol: 'POP3' },
    })
    const account = await createAccount(world.admin, options.userId ?? world.adminId, id, {
      incomingPassword: 'open-sesame-4711',
      ...options.account,
    })
    return new OutBox(world, smtp, pop3, account, id)
  }

  /** Puts a message into the outbox. */
  send(overrides: object = {}): Promise<ReadSending> {
    const mail = { accountId: this.account.id, to: ['hanako@example.jp'], text: '本文\n' }
    return sendMail(this.world.admin, { ...mail, ...overrides })
  }

  async stop(): Promise<void> {
    await Promise.all([this.smtp.stop(), this.pop3.stop()])
  }
}
