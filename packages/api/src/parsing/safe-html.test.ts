import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { remoteVectors, xssVectors } from '../../test/support/xss-vectors.js'
import { InlineImages } from './inline-images.ts'
import { sanitiseHtml } from './safe-html.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const JS = 'top.__xss=1'
const BEACON = 'https://beacon.example'

const sanitise = (html: string, { shows = false, images = new Map<string, Uint8Array>() } = {}) =>
  sanitiseHtml(html, new InlineImages(images), shows)
const safe = (html: string) => sanitise(html).html

/** What a reader of the result finds: elements and their attributes. */
function elementsOf(html: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = []
  const parser = new Parser({
    onopentag: (name, attributes) => found.push({ name, attributes }),
    oncomment: () => found.push({ name: 'comment', attributes: {} }),
    onprocessinginstruction: () => found.push({ name: 'instruction', attributes: {} }),
  })
  parser.end(html)
  return found
}

const ACTIVE =
  /^(script|style|svg|math|iframe|frame|frameset|object|embed|applet|link|meta|base|form|input|button|select|textarea|title|template|noscript|noembed|noframes|xmp|plaintext|video|audio|source|track|canvas|area|map|comment|instruction)$/
const ATTRIBUTES =
  /^(align|alt|bgcolor|border|cell(padding|spacing)|color|(col|row)span|dir|height|href|lang|referrerpolicy|rel|size|src|start|style|target|title|type|valign|value|width)$/

function unsafeIn(html: string): string[] {
  return elementsOf(html).flatMap(({ name, attributes }) => [
    ...(ACTIVE.test(name) ? [name] : []),
    ...Object.entries(attributes)
      .filter(
        ([key, value]) =>
          !ATTRIBUTES.test(key) || (/url\(|expression|[\\@<]/i.test(value) && key === 'style'),
      )
      .map(([key]) => `${name} ${key}`),
    ...['href', 'src']
      .filter((key) => {
        const value = attributes[key]
        return (
          value !== undefined &&
          !/^(https?:\/\/|mailto:|data:image\/(png|jpeg|gif|webp);base64,)/.test(value)
        )
      })
      .map((key) => `${name} ${key}=${attributes[key]}`),
  ])
}

describe('L-1: what tries to run', () => {
  const vectors = xssVectors(JS, BEACON)

  it('is at least 200 ways', () => {
    expect(new Set(vectors).size).toBeGreaterThanOrEqual(200)
  })

  it.each(vectors)('%#: %s', (vector) => {
    for (const html of [vector, `<p>before</p>${vector}<p>after</p>`]) {
      for (const shows of [false, true]) {
        expect(unsafeIn(sanitise(html, { shows }).html)).toEqual([])
      }
    }
  })

  it('is the same once it is read again', () => {
    for (const vector of vectors) {
      const once = safe(vector)
      expect(safe(once)).toBe(once)
    }
  })
})

describe('L-5: what tries to load', () => {
  it.each(remoteVectors(BEACON))('%#: %s', (vector) => {
    // A link loads nothing until somebody follows it.
    const loading = elementsOf(safe(vector)).flatMap(({ attributes }) =>
      Object.entries(attributes).filter(
        ([key, value]) => key !== 'href' && value.includes('beacon.example'),
      ),
    )
    expect(loading).toEqual([])
  })

  it('shows pictures over https alone, without a word of where from, once somebody asks', () => {
    const html = `<img src="http://a.example/x.png" alt="a" width="10"><div style="background:url(https://a.example/y)">x</div>`
    expect(sanitise(html)).toEqual({
      html: '<img alt="a" width="10"><div>x</div>',
      hasRemoteContent: true,
      isCut: false,
    })
    expect(sanitise(html, { shows: true }).html).toBe(
      '<img alt="a" width="10" src="https://a.example/x.png" referrerpolicy="no-referrer"><div>x</div>',
    )
    expect(sanitise('<p>x</p>').hasRemoteContent).toBe(false)
  })
})

describe('what a message looks like', () => {
  it('stays', () => {
    const html =
      '<table width="600" cellpadding="0" bgcolor="#ffffff"><tr><td style="font-size: 14px; color: rgb(1, 2, 3)" colspan="2">お知らせ <b>A&amp;B</b></td></tr></table>'
    expect(safe(html)).toBe(html)
    expect(safe('<body style="background-color: #eee" onload="x">a</body>')).toBe(
      '<div style="background-color: #eee">a</div>',
    )
  })

  it('L-7: has nothing that lies over other things, and names nothing', () => {
    expect(
      safe(
        '<div id="app" name="x" class="y" style="position:fixed;z-index:9999;top:0;width:10px!important;transform:scale(99)">x</div>',
      ),
    ).toBe('<div style="width: 10px">x</div>')
  })

  it('L-4: links lead to http, https and mailto only, as the browser will read them', () => {
    expect(safe('<a href="HTTPS://Ex\u00e4mple.com/a b">x</a>')).toBe(
      '<a href="https://xn--exmple-cua.com/a%20b" target="_blank" rel="noopener noreferrer nofollow">x</a>',
    )
    expect(safe('<a href="mailto:a@example.com">x</a>')).toContain('href="mailto:a@example.com"')
    for (const href of ['/x', '#x', '//host/x', 'tel:1', 'data:,x', 'java\tscript:x']) {
      expect(safe(`<a href="${href}">x</a>`)).toBe('<a>x</a>')
    }
  })

  it('L-11: a picture is one by its first bytes, whatever is said of it', () => {
    const images = new Map<string, Uint8Array>([
      ['a@x', PNG],
      ['b', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>')],
      ['c', Buffer.from('<html>')],
    ])
    const url = `data:image/png;base64,${PNG.toString('base64')}`
    const shown = (src: string) => sanitise(`<img src="${src}">`, { images }).html
    expect(shown('cid:a%40x')).toBe(`<img src="${url}">`)
    expect(shown('CID:a@x')).toBe(`<img src="${url}">`)
    expect(shown(url.replace('png', 'svg+xml'))).toBe(`<img src="${url}">`)
    for (const src of [
      'cid:b',
      'cid:c',
      'cid:none',
      'data:image/png,x',
      'data:image/png;base64,PHN2Zz4=',
    ])
      expect(shown(src)).toBe('<img>')
  })

  it('L-14: too much of anything is cut, and says so', () => {
    const deep = sanitise('<div>'.repeat(200_000))
    expect(deep.isCut).toBe(true)
    expect(deep.html.length).toBeLessThan(10_000)
    expect(sanitise(`<svg>${'<g>'.repeat(1_000_000)}`).html).toBe('')
    const cells = sanitise(`<table><tr>${'<td style="color: red">x</td>'.repeat(100_000)}</table>`)
    expect(cells.isCut).toBe(false)
    expect(cells.html.split('<td').length).toBe(100_001)
    const many = new InlineImages(new Map([['a', Buffer.concat([PNG, Buffer.alloc(1024 * 1024)])]]))
    expect(sanitiseHtml('<img src="cid:a">'.repeat(100), many, false).isCut).toBe(true)
  })
})
