import { EncryptionMode, MailProtocol, SmtpAuthMethod, SmtpCredentials } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'
import {
  followPort,
  newDraft,
  takeUsualPort,
  toDraft,
  toInput,
  typePort,
} from './mail-server-draft.js'
import { incomingFields, outgoingFields } from './mail-server-fields.js'

describe('the port', () => {
  it('follows encryption and protocol while nobody has typed one', () => {
    const draft = newDraft()
    outgoingFields.encryption.control.write(draft, EncryptionMode.TLS)
    expect(draft.outgoing.port).toBe('587')
    incomingFields.protocol.control.write(draft, MailProtocol.POP3)
    expect(draft.incoming.port).toBe('995')
    incomingFields.encryption.control.write(draft, EncryptionMode.NONE)
    expect(draft.incoming.port).toBe('110')
  })

  it('stays once it was typed by hand, even when it is the usual one', () => {
    const draft = newDraft()
    typePort(draft, 'outgoing', '465')
    outgoingFields.encryption.control.write(draft, EncryptionMode.NONE)
    expect(draft.outgoing.port).toBe('465')
  })

  it('follows again after the field was emptied or the usual port taken', () => {
    const draft = newDraft()
    typePort(draft, 'outgoing', '')
    followPort(draft, 'outgoing')
    expect(draft.outgoing.port).toBe('465')
    typePort(draft, 'outgoing', '2525')
    takeUsualPort(draft, 'outgoing')
    outgoingFields.encryption.control.write(draft, EncryptionMode.TLS)
    expect(draft.outgoing.port).toBe('587')
  })

  it('of a stored server follows only where it is the usual one', () => {
    const draft = toDraft(stored({ outgoingPort: 2525 }))
    outgoingFields.encryption.control.write(draft, EncryptionMode.NONE)
    incomingFields.encryption.control.write(draft, EncryptionMode.NONE)
    expect([draft.outgoing.port, draft.incoming.port]).toEqual(['2525', '143'])
  })
})

describe('hidden fields', () => {
  it('keep their value in the form and are sent as neutral', () => {
    const draft = newDraft()
    outgoingFields.authMethod.control.write(draft, SmtpAuthMethod.PLAIN)
    outgoingFields.credentials.control.write(draft, SmtpCredentials.OUTGOING)
    outgoingFields.popBeforeSmtp.control.write(draft, true)
    outgoingFields.popBeforeSmtpWaitSeconds.control.write(draft, '7')
    incomingFields.protocol.control.write(draft, MailProtocol.POP3)
    incomingFields.apop.control.write(draft, true)

    outgoingFields.authMethod.control.write(draft, SmtpAuthMethod.NONE)
    outgoingFields.popBeforeSmtp.control.write(draft, false)
    incomingFields.protocol.control.write(draft, MailProtocol.IMAP4)
    const sent = toInput(draft)
    expect(sent.outgoing.credentials).toBe(SmtpCredentials.INCOMING)
    expect(sent.outgoing.popBeforeSmtpWaitSeconds).toBe(0)
    expect(sent.incoming.apop).toBe(false)

    outgoingFields.authMethod.control.write(draft, SmtpAuthMethod.LOGIN)
    outgoingFields.popBeforeSmtp.control.write(draft, true)
    incomingFields.protocol.control.write(draft, MailProtocol.POP3)
    const shownAgain = toInput(draft)
    expect(shownAgain.outgoing.credentials).toBe(SmtpCredentials.OUTGOING)
    expect(shownAgain.outgoing.popBeforeSmtpWaitSeconds).toBe(7)
    expect(shownAgain.incoming.apop).toBe(true)
  })
})

describe('what is sent', () => {
  it('is half-width, however it was typed', () => {
    const draft = newDraft()
    draft.outgoing.host = ' ｓｍｔｐ．Example．ｃｏｍ '
    draft.outgoing.port = '２５'
    expect(toInput(draft).outgoing).toMatchObject({ host: 'smtp.example.com', port: 25 })
  })
})

describe('time-outs', () => {
  it('are offered from 10 to 120 in tens, and another stored value stays choosable', () => {
    const draft = toDraft(stored({ outgoingTimeout: 45 }))
    const values = outgoingFields.timeoutSeconds.control.options(draft).map(({ value }) => value)
    expect(values.slice(0, 5)).toEqual(['10', '20', '30', '40', '45'])
    expect(values.at(-1)).toBe('120')
    expect(incomingFields.timeoutSeconds.control.options(draft)).toHaveLength(12)
  })
})

function stored({ outgoingPort = 465, outgoingTimeout = 30 } = {}) {
  const draft = newDraft()
  const { outgoing, incoming } = toInput(draft)
  return {
    id: '1',
    code: 'a',
    name: 'A',
    position: 1,
    accountCount: 0,
    hasStoredPasswords: false,
    version: 1,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    deletedAt: null,
    oauthProviderId: null,
    outgoing: {
      ...draft.outgoing,
      ...outgoing,
      port: outgoingPort,
      timeoutSeconds: outgoingTimeout,
      pinnedCertificate: null,
    },
    incoming: { ...draft.incoming, ...incoming, pinnedCertificate: null },
  }
}
