import { withScript, type Script, type ScriptedServer } from './scripted-dialogue.js'

/** Mail servers that refuse every sign-in and repeat, in every form, what they were sent. */
export interface EchoMailServers {
  readonly smtp: ScriptedServer
  readonly imap: ScriptedServer
  readonly pop3: ScriptedServer
}

export async function withEchoMailServers(
  work: (servers: EchoMailServers) => Promise<void>,
): Promise<void> {
  await withScript(SMTP, (smtp) =>
    withScript(IMAP, (imap) => withScript(POP3, (pop3) => work({ smtp, imap, pop3 }))),
  )
}

const SMTP: Script = {
  greeting: '220 echo ESMTP\r\n',
  answer(line) {
    if (line.startsWith('EHLO')) return '250-echo\r\n250 AUTH PLAIN\r\n'
    if (line === 'QUIT') return '221 bye\r\n'
    return `535-5.7.8 refused\r\n535 5.7.8 ${echo(line)}\r\n`
  },
}

const IMAP: Script = {
  greeting: '* OK echo\r\n',
  answer(line) {
    const [tag = '*', command] = line.split(' ')
    if (command === 'CAPABILITY')
      return `* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n${tag} OK done\r\n`
    if (command === 'LOGOUT') return `* BYE bye\r\n${tag} OK done\r\n`
    return `${tag} NO [AUTHENTICATIONFAILED] ${echo(line)}\r\n`
  },
}

const POP3: Script = {
  greeting: '+OK echo\r\n',
  answer(line) {
    if (line === 'QUIT') return '+OK bye\r\n'
    if (line.startsWith('USER')) return '+OK go on\r\n'
    return `-ERR ${echo(line)}\r\n`
  },
}

/** The last word first: the texts that are shown are cut. */
function echo(line: string): string {
  const word = line.split(' ').at(-1) ?? ''
  const said = [Buffer.from(word, 'base64').toString().replaceAll('\0', ' '), word, line]
  const hex = [Buffer.from(word, 'base64'), Buffer.from(word)].map((bytes) => bytes.toString('hex'))
  return [...said, encodeURIComponent(word), ...hex].join(' ')
}
