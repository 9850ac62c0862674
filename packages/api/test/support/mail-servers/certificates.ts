import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const openssl = (...args: string[]) => run('openssl', args)

/** A private authority of the tests; nothing outside them trusts it. */
export interface TestAuthority {
  readonly caFile: string
  readonly caPem: string
  /** `sans` as openssl writes them ("DNS:mail.test,IP:127.0.0.1"); a negative `days` makes an expired one. */
  issue(name: string, sans: string, days?: number): Promise<IssuedCertificate>
}

export interface IssuedCertificate {
  readonly certFile: string
  readonly keyFile: string
  readonly cert: string
  readonly key: string
}

/** Makes an authority below `folder`. EC keys keep it under a tenth of a second. */
export async function createAuthority(folder: string): Promise<TestAuthority> {
  const caKey = join(folder, 'ca.key')
  const caFile = join(folder, 'ca.pem')
  await openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', caKey)
  const subject = ['-subj', '/CN=Mailroom test authority']
  await openssl('req', '-x509', '-new', '-key', caKey, '-days', '30', ...subject, '-out', caFile)
  const caPem = await readFile(caFile, 'utf8')
  return {
    caFile,
    caPem,
    issue: (name, sans, days = 30) => issue({ folder, caKey, caFile, name, sans, days }),
  }
}

interface IssueOrder {
  folder: string
  caKey: string
  caFile: string
  name: string
  sans: string
  days: number
}

async function issue(order: IssueOrder): Promise<IssuedCertificate> {
  const at = (suffix: string) => join(order.folder, `${order.name}.${suffix}`)
  await openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', at('key'))
  await openssl('req', '-new', '-key', at('key'), '-subj', `/CN=${order.name}`, '-out', at('csr'))
  await writeFile(at('ext'), `subjectAltName=${order.sans}\n`)
  const signed = ['-CA', order.caFile, '-CAkey', order.caKey, '-CAcreateserial']
  const days = ['-days', String(order.days), '-extfile', at('ext')]
  await openssl('x509', '-req', '-in', at('csr'), ...signed, ...days, '-out', at('pem'))
  const [cert, key] = await Promise.all([readFile(at('pem'), 'utf8'), readFile(at('key'), 'utf8')])
  return { certFile: at('pem'), keyFile: at('key'), cert, key }
}
