import { describe, expect, it } from 'vitest'
import { insecureChoices } from './insecure-choices.js'
import { newDraft } from './mail-server-draft.js'

describe('what is said about insecure choices', () => {
  it('is nothing for what is offered first', () => {
    expect(insecureChoices(newDraft())).toEqual({})
  })

  it('names each side that is not encrypted', () => {
    const draft = newDraft()
    draft.outgoing.encryption = 'NONE'
    draft.incoming.encryption = 'NONE'
    expect(Object.keys(insecureChoices(draft))).toEqual([
      'outgoing.encryption',
      'incoming.encryption',
    ])
  })

  it('names PLAIN only where nothing hides the password', () => {
    const draft = newDraft()
    draft.outgoing.authMethod = 'PLAIN'
    expect(insecureChoices(draft)).toEqual({})
    draft.outgoing.encryption = 'NONE'
    expect(insecureChoices(draft)['outgoing.authMethod']).toBe('warnings.plainWithoutTls')
  })

  it.each([
    ['CRAM_MD5', 'warnings.cramMd5'],
    ['DIGEST_MD5', 'warnings.digestMd5'],
  ] as const)('names %s even under TLS', (method, words) => {
    const draft = newDraft()
    draft.outgoing.authMethod = method
    expect(insecureChoices(draft)['outgoing.authMethod']).toBe(words)
  })

  it('names APOP only while it applies', () => {
    const draft = newDraft()
    draft.incoming.apop = true
    expect(insecureChoices(draft)).toEqual({})
    draft.incoming.protocol = 'POP3'
    expect(insecureChoices(draft)).toEqual({ 'incoming.apop': 'warnings.apop' })
  })
})
