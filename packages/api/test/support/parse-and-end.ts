/** A process that parses a message and says goodbye to nobody. */
import { MessageParser } from '../../src/parsing/message-parser.ts'

const outcome = await new MessageParser().parse(Buffer.from('Subject: s\r\n\r\ntext'))
if (!outcome.ok) process.exitCode = 1
