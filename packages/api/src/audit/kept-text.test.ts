import { describe, expect, it } from 'vitest'
import { keptText } from './kept-text.js'

describe('text that is kept', () => {
  it('shows control characters and lets none act', () => {
    expect(keptText('a\r\nb\u001b[31mc\u0000\u007f\u009b\u2028', 100)).toBe('a␍␊b␛[31mc␀␡��')
  })

  it('cannot turn the direction of what stands beside it', () => {
    expect(keptText('invoice\u202egpj.exe', 100)).toBe('invoice\ufffdgpj.exe')
  })

  it('keeps the lines of a certificate, one kind of break', () => {
    expect(keptText('a\r\nb\tc\rd', 100, { hasLines: true })).toBe('a\nb\tc\nd')
  })

  it('is cut to its length and stays well-formed', () => {
    expect(keptText('x'.repeat(1_000_000), 200)).toHaveLength(200)
    const cut = keptText('😀'.repeat(100), 10)
    expect(cut).toBe('😀😀😀😀…')
    expect(keptText('a\ud800b', 10)).toBe('a\ufffdb')
  })
})
