import { expect, it } from 'vitest'
import { isElsewhere } from './stored-passwords.js'

it('another host or another port is elsewhere, another spelling is not', () => {
  const from = { host: 'smtp.example.com', port: 465 }
  expect(isElsewhere(from, { host: 'ＳＭＴＰ.Example.com ', port: 465 })).toBe(false)
  expect(isElsewhere(from, { ...from, port: 587 })).toBe(true)
  expect(isElsewhere(from, { ...from, host: 'smtp.example.org' })).toBe(true)
})
