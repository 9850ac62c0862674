import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createAuthority } from './certificates.js'

const run = promisify(execFile)

/** A certificate and its key in PEM. */
interface CertificatePair {
  readonly cert: string
  readonly key: string
}

/** What can be wrong with a certificate; `good` is for localhost and 127.0.0.1 and nothing is wrong with it. */
export type CertificateFlaw =
  'good' | 'expired' | 'notYetValid' | 'wrongName' | 'selfSigned' | 'unknownCa' | 'weakKey' | 'sha1'

export interface FlawedCertificates extends Readonly<Record<CertificateFlaw, CertificatePair>> {
  /** The authority that signed all of them but `selfSigned` and `unknownCa`. */
  readonly caPem: string
}

const NAMES = 'DNS:localhost,IP:127.0.0.1'
const KEY_COMMANDS = {
  ec: (file: string) => ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file],
  rsa1024: (file: string) => ['genrsa', '-out', file, '1024'],
} as const

interface Order {
  readonly names?: string
  readonly key?: keyof typeof KEY_COMMANDS
  /** Arguments that sign the request; the authority's by default. */
  readonly sign?: readonly string[]
}

/** One certificate of each kind; about half a second, so made only by the tests that serve them. */
export async function createFlawedCertificates(): Promise<FlawedCertificates> {
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-certificates-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  try {
    const { caPem } = await createAuthority(folder)
    const byAuthority = ['x509', '-req', '-CA', at('ca.pem'), '-CAkey', at('ca.key')]
    const month = ['-days', '30']
    const issue = async (name: string, order: Order = {}): Promise<CertificatePair> => {
      const { names = NAMES, key = 'ec', sign = [...byAuthority, ...month] } = order
      const files = { key: at(`${name}.key`), csr: at(`${name}.csr`), ext: at(`${name}.ext`) }
      const certificate = at(`${name}.pem`)
      await openssl(...KEY_COMMANDS[key](files.key))
      await openssl('req', '-new', '-key', files.key, '-subj', `/CN=${name}`, '-out', files.csr)
      await writeFile(files.ext, `subjectAltName=${names}\n`)
      await openssl(...sign, '-in', files.csr, '-extfile', files.ext, '-out', certificate)
      const read = (file: string) => readFile(file, 'utf8')
      return { cert: await read(certificate), key: await read(files.key) }
    }
    return {
      caPem,
      good: await issue('good'),
      expired: await issue('expired', { sign: [...byAuthority, '-days', '-1'] }),
      notYetValid: await issue('notYetValid', { sign: await future(folder) }),
      wrongName: await issue('wrongName', { names: 'DNS:other.test' }),
      selfSigned: await issue('selfSigned', {
        sign: ['x509', '-req', '-signkey', at('selfSigned.key'), ...month],
      }),
      unknownCa: await unknownCa(folder),
      weakKey: await issue('weakKey', { key: 'rsa1024' }),
      sha1: await issue('sha1', { sign: [...byAuthority, ...month, '-sha1'] }),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** `openssl x509` of Debian 12 cannot set the first day; `openssl ca` can. */
async function future(folder: string): Promise<string[]> {
  await writeFile(join(folder, 'index.txt'), '')
  const settings = `[ca]
default_ca = own
[own]
database = ${join(folder, 'index.txt')}
new_certs_dir = ${folder}
certificate = ${join(folder, 'ca.pem')}
private_key = ${join(folder, 'ca.key')}
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
`
  await writeFile(join(folder, 'ca.conf'), settings)
  const days = ['-startdate', '20900101000000Z', '-enddate', '20910101000000Z']
  return ['ca', '-batch', '-notext', '-config', join(folder, 'ca.conf'), ...days]
}

async function unknownCa(folder: string): Promise<CertificatePair> {
  const other = await mkdtemp(join(folder, 'other-'))
  return (await createAuthority(other)).issue('localhost', NAMES)
}
