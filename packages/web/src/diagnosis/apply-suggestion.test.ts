import { describe, expect, it } from 'vitest'
import { newDraft, toInput } from '../mail-server/mail-server-draft.js'
import { outgoingFields } from '../mail-server/mail-server-fields.js'
import { applySuggestion } from './apply-suggestion.js'

const change = (path: string, value: string, ...also: { path: string; value: string }[]) => ({
  ...{ path, value, also },
})

describe('a suggestion', () => {
  it('keeps the port that turned out to speak otherwise, which then counts as typed', () => {
    const draft = newDraft()
    applySuggestion(draft, change('outgoing.encryption', 'TLS'))
    expect(draft.outgoing).toMatchObject({ encryption: 'TLS', port: '465', isPortTyped: true })
    expect(draft.incoming.isPortTyped).toBe(false)
  })

  it('takes the port that goes along, and follows on where that is the usual one', () => {
    const draft = newDraft()
    outgoingFields.encryption.control.write(draft, 'TLS')
    const port = { path: 'outgoing.port', value: '465' }
    applySuggestion(draft, change('outgoing.encryption', 'SSL', port))
    expect(draft.outgoing).toMatchObject({ encryption: 'SSL', port: '465', isPortTyped: false })
  })

  it.each([
    ['incoming.protocol', 'POP3', { protocol: 'POP3', port: '993' }],
    ['incoming.pinnedCertificate', 'ab'.repeat(32), { pinnedCertificate: 'ab'.repeat(32) }],
    ['incoming.port', '143', { port: '143', isPortTyped: true }],
  ])('changes %s to %s', (path, value, expected) => {
    const draft = newDraft()
    applySuggestion(draft, change(path, value))
    expect(draft.incoming).toMatchObject(expected)
  })

  it('switches on and off', () => {
    const draft = newDraft()
    applySuggestion(draft, change('outgoing.popBeforeSmtp', 'true'))
    expect(draft.outgoing.popBeforeSmtp).toBe(true)
    applySuggestion(draft, change('outgoing.popBeforeSmtp', 'false'))
    expect(draft.outgoing.popBeforeSmtp).toBe(false)
  })

  it.each([
    ['outgoing.newerThanThis', 'X'],
    ['code', 'stolen'],
    ['outgoing.encryption', 'QUANTUM'],
  ])('changes nothing for %s: %s', (path, value) => {
    const draft = newDraft()
    applySuggestion(draft, change(path, value))
    expect(draft).toEqual(newDraft())
  })

  it('is undone, and what was typed since stays', () => {
    const draft = newDraft()
    draft.outgoing.host = 'mail.example.com'
    const before = structuredClone(draft)
    const port = { path: 'outgoing.port', value: '2525' }
    const undo = applySuggestion(draft, change('outgoing.encryption', 'TLS', port))
    draft.name = '本社'
    undo()
    expect(draft).toEqual({ ...before, name: '本社' })
    expect(toInput(draft).outgoing.pinnedCertificate).toBeNull()
  })

  it('that trusted a certificate is undone to the one before', () => {
    const draft = newDraft()
    const first = applySuggestion(draft, change('outgoing.pinnedCertificate', 'aa'.repeat(32)))
    const second = applySuggestion(draft, change('outgoing.pinnedCertificate', 'bb'.repeat(32)))
    second()
    expect(draft.outgoing.pinnedCertificate).toBe('aa'.repeat(32))
    first()
    expect(draft.outgoing.pinnedCertificate).toBeNull()
  })
})
