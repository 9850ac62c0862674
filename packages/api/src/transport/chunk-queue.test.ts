import { expect, it } from 'vitest'
import { ChunkQueue } from './chunk-queue.js'

const LF = 0x0a

it('gives back the bytes in order, however they came and are taken', () => {
  const text = 'one\ntwo\n\nthree'
  for (let cut = 0; cut <= text.length; cut++) {
    for (let count = 0; count <= text.length; count++) {
      const queue = new ChunkQueue()
      queue.push(Buffer.from(text.slice(0, cut)))
      queue.push(Buffer.from(text.slice(cut)))
      expect(queue.size).toBe(text.length)
      expect(queue.take(count).toString() + queue.takeAll().toString()).toBe(text)
      expect([queue.size, queue.first]).toEqual([0, undefined])
    }
  }
})

it('finds the line end behind bytes that it has looked through before', () => {
  const queue = new ChunkQueue()
  queue.push(Buffer.from('ab'))
  expect(queue.indexOf(LF)).toBe(-1)
  queue.push(Buffer.from('c\nd\n'))
  expect(queue.indexOf(LF)).toBe(3)
  expect(queue.take(4).toString()).toBe('abc\n')
  expect(queue.indexOf(LF)).toBe(1)
  queue.take(2)
  expect(queue.indexOf(LF)).toBe(-1)
})
