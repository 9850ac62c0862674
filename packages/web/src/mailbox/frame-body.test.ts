import { describe, expect, it } from 'vitest'
import { parseBody, tameLinks } from './frame-body.js'

function tamed(html: string): string {
  const body = parseBody(html)
  tameLinks(body)
  return body.innerHTML
}

describe('the links of a message', () => {
  it('open apart and hand nothing on', () => {
    expect(
      tamed('<a href="https://a.example/x" target="_top" ping="https://b.example">a</a>'),
    ).toBe('<a href="https://a.example/x" target="_blank" rel="noopener noreferrer nofollow">a</a>')
  })

  it('that lead nowhere are text', () => {
    expect(tamed('<a href="javascript:x()">a</a><a href="/settings">b</a>')).toBe(
      '<a>a</a><a>b</a>',
    )
  })
})
