import { expect, it } from 'vitest'
import type { MailServerRowFragment } from '../generated/graphql.js'
import { findMailServers } from './find-mail-servers.js'

function server(code: string, name: string, host: string): MailServerRowFragment {
  return {
    id: code,
    code,
    name,
    position: 1,
    accountCount: 0,
    version: 1,
    outgoing: { host: `smtp.${host}`, port: 465, encryption: 'SSL' },
    incoming: { host: `imap.${host}`, port: 993, encryption: 'SSL', protocol: 'IMAP4' },
  }
}
const servers = [
  server('HQ-01', '本社メールサーバー', 'example.co.jp'),
  server('osaka', 'ｵｵｻｶ支社', 'osaka.example.co.jp'),
]
const codes = (query: string) => findMailServers(servers, query).map(({ code }) => code)

it('finds by code, name and either host', () => {
  expect(codes('hq')).toEqual(['HQ-01'])
  expect(codes('本社')).toEqual(['HQ-01'])
  expect(codes('smtp.osaka')).toEqual(['osaka'])
  expect(codes('imap.osaka')).toEqual(['osaka'])
})

it('does not mind width and case', () => {
  expect(codes('ｈｑ－０１')).toEqual(['HQ-01'])
  expect(codes('オオサカ')).toEqual(['osaka'])
})

it('wants every word, wherever it stands', () => {
  expect(codes('支社　osaka')).toEqual(['osaka'])
  expect(codes('本社 osaka')).toEqual([])
})

it('shows everything, in order, while nothing is asked for', () => {
  expect(codes('  ')).toEqual(['HQ-01', 'osaka'])
})
