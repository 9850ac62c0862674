/** A process that closes one parser in the middle of a message, and forgets another one. */
import { MessageParser } from '../../src/parsing/message-parser.ts'

const closed = new MessageParser()
const good = Buffer.from('Subject: s\r\n\r\ntext')
await closed.parse(good)
const interrupted = closed.parse(Buffer.from('\n'.repeat(50_000_000))).catch(() => 'rejected')
await new Promise((resolve) => setTimeout(resolve, 100))
// A promise that nothing is left to settle would end the process with exit code 13.
await closed.close()

const forgotten = await new MessageParser().parse(good)
if (!forgotten.ok || (await interrupted) !== 'rejected') process.exitCode = 1
