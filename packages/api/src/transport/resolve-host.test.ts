import { describe, expect, it } from 'vitest'
import { resolveHost } from './resolve-host.js'

const answering = (...addresses: string[]) => {
  const asked: string[] = []
  const find = (name: string) => {
    asked.push(name)
    return Promise.resolve(addresses.map((address) => ({ address })))
  }
  return { asked, find }
}

describe('resolveHost', () => {
  it('asks once, for the ASCII form, without the final dot', async () => {
    const { asked, find } = answering('203.0.113.5')
    const host = await resolveHost('メール.Example.', find)
    expect(asked).toHaveLength(1)
    expect(host).toEqual({
      name: asked[0],
      isAddress: false,
      addresses: ['203.0.113.5'],
    })
    expect(asked[0]).toMatch(/^xn--[a-z0-9]+\.example$/)
  })

  it('drops the forbidden one of several addresses', async () => {
    const { find } = answering('169.254.169.254', '203.0.113.5', 'fe80::1')
    expect((await resolveHost('mail.example', find)).addresses).toEqual(['203.0.113.5'])
  })

  it('refuses a name that leads to forbidden addresses only', async () => {
    const { find } = answering('169.254.169.254')
    await expect(resolveHost('metadata.example', find)).rejects.toMatchObject({
      problem: 'ADDRESS_FORBIDDEN',
    })
  })

  it('asks nobody about an address, nor about .invalid', async () => {
    const { asked, find } = answering('203.0.113.5')
    expect(await resolveHost('[2001:db8::1]', find)).toEqual({
      name: '2001:db8::1',
      isAddress: true,
      addresses: ['2001:db8::1'],
    })
    await expect(resolveHost('mail.invalid', find)).rejects.toMatchObject({
      problem: 'NAME_NOT_FOUND',
    })
    expect(asked).toEqual([])
  })

  it.each([
    // NXDOMAIN, and SERVFAIL or silence, as the operating system's resolver tells them.
    ['ENOTFOUND', 'NAME_NOT_FOUND'],
    ['EAI_AGAIN', 'RESOLVE_FAILED'],
  ])('E-8: reports %s as %s', async (code, problem) => {
    const find = () => Promise.reject(Object.assign(new Error(code), { code }))
    await expect(resolveHost('mail.example', find)).rejects.toMatchObject({ problem })
  })
})
