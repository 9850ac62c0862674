import { describe, expect, it } from 'vitest'
import { linkedText } from './linked-text.js'

const linksIn = (text: string) => linkedText(text).flatMap(({ href }) => href ?? [])

describe('the links of a plain text', () => {
  it('are those of http, https and mailto', () => {
    expect(linksIn('see https://a.example/x?y=1#z, http://b.example. mailto:c@d.example!')).toEqual(
      ['https://a.example/x?y=1#z', 'http://b.example', 'mailto:c@d.example'],
    )
    expect(linksIn('詳しくは（https://a.example/x）をご覧ください。https://b.example/。')).toEqual([
      'https://a.example/x',
      'https://b.example/',
    ])
    expect(linksIn('(https://a.example/x_(y)) (https://a.example/z)')).toEqual([
      'https://a.example/x_(y)',
      'https://a.example/z',
    ])
  })

  it('are none of another scheme, however it is written', () => {
    const tricks = 'javascript:alert(1) data:text/html,x vbscript:x JaVaScRiPt:1 java\nscript:1 //x'
    expect(linksIn(tricks)).toEqual([])
  })

  it('end before what would break out of an attribute', () => {
    expect(linksIn('http://a.example?"onmouseover=alert(1)')).toEqual(['http://a.example'])
    expect(linksIn("http://a.example/'><script>")).toEqual(['http://a.example/'])
  })

  it('lose nothing of the text around them', () => {
    const text = 'a <b> https://c.example/ & d\r\n\t<script>'
    expect(
      linkedText(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
  })
})
