import { describe, expect, it } from 'vitest'
import { checkDraft } from './check-draft.js'
import { newDraft } from './mail-server-draft.js'

function faultsOf(change: (draft: ReturnType<typeof newDraft>) => void): string[] {
  const draft = newDraft()
  Object.assign(draft, { code: 'main', name: '本社' })
  draft.outgoing.host = 'smtp.example.com'
  draft.incoming.host = 'imap.example.com'
  change(draft)
  return Object.entries(checkDraft(draft)).map(([path, { key }]) => `${path} ${key}`)
}

describe('what is checked while typing', () => {
  it('lets a complete form pass', () => {
    expect(faultsOf(() => {})).toEqual([])
  })

  it.each(['https://smtp.example.com', 'smtp.example.com:25', 'smtp example', '2130706433'])(
    'refuses %s as a host',
    (host) => {
      expect(faultsOf((draft) => (draft.outgoing.host = host))).toEqual([
        'outgoing.host rules.host',
      ])
    },
  )

  it.each(['::1', '[2001:db8::1]', '192.0.2.1', 'メール.example.jp', 'ｓｍｔｐ．example.com'])(
    'takes %s as a host',
    (host) => {
      expect(faultsOf((draft) => (draft.incoming.host = host))).toEqual([])
    },
  )

  it.each(['0', '65536', '-1', '25a', '2.5'])('refuses %s as a port', (port) => {
    expect(faultsOf((draft) => (draft.outgoing.port = port))).toEqual(['outgoing.port rules.port'])
  })

  it('takes a full-width port, which is turned into digits', () => {
    expect(faultsOf((draft) => (draft.outgoing.port = '５８７'))).toEqual([])
  })

  it('counts the length of a code in characters as a person does', () => {
    expect(faultsOf((draft) => (draft.code = '𠮷'.repeat(100)))).toEqual([])
    expect(faultsOf((draft) => (draft.code = '𠮷'.repeat(101)))).toEqual(['code rules.maxLength'])
    expect(faultsOf((draft) => (draft.code = ' 　 '))).toEqual(['code rules.required'])
  })
})
