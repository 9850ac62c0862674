import { describe, expect, it } from 'vitest'
import { createAddressPolicy, isDialable } from './address-policy.js'

describe('never dialled, whatever an installation allows', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    'fd00:ec2::254',
    '100.100.100.200',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    'fe80::1',
    'ff02::1',
    '224.0.0.1',
    '255.255.255.255',
    '0.0.0.0',
    '0.1.2.3',
    '::',
    '::ffff:0.0.0.0',
  ])('%s', (address) => {
    expect(isDialable(address)).toBe(false)
  })
})

describe('a policy', () => {
  const privateOnes = ['127.0.0.1', '10.0.0.1', '172.31.0.1', '192.168.0.1', '100.64.0.1', '::1']
  const publicOnes = ['192.0.2.1', '172.32.0.1', '2001:db8::1', '100.128.0.1']

  it('allows a company’s own networks unless told otherwise', async () => {
    for (const allowsPrivate of [true, false]) {
      const allows = await createAddressPolicy({ allowsPrivate, ownServices: [] }).forPort(25)
      for (const address of [...privateOnes, 'fd12::1', '::ffff:10.0.0.1']) {
        expect([address, allows(address)]).toEqual([address, allowsPrivate])
      }
      for (const address of publicOnes) expect([address, allows(address)]).toEqual([address, true])
    }
  })

  it('keeps every way to our own database closed, and leaves other ports open', async () => {
    const policy = createAddressPolicy({
      allowsPrivate: true,
      ownServices: [{ host: 'localhost', port: 5432 }],
    })
    const database = await policy.forPort(5432)
    for (const address of ['127.0.0.1', '127.0.0.2', '::1', '::ffff:127.0.0.1']) {
      expect([address, database(address)]).toEqual([address, false])
    }
    expect(database('10.0.0.1')).toBe(true)
    expect((await policy.forPort(25))('127.0.0.1')).toBe(true)
  })
})
