import { InputType } from 'type-graphql'
import { MailServerSettings } from './mail-server-settings.js'

/** The whole of a mail server's settings: create and update take the same. */
@InputType({ description: "The whole of a mail server's settings; an update replaces them all." })
export class MailServerInput extends MailServerSettings {}
