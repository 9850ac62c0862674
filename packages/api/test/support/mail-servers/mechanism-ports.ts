import { freePorts } from './free-ports.js'

/** What one SMTP port offers: one mechanism alone, so that whoever gets in used it. */
const smtpMechanisms = [
  'PLAIN',
  'LOGIN',
  'CRAM_MD5',
  'DIGEST_MD5',
  'XOAUTH2',
  'OAUTHBEARER',
  /** DIGEST-MD5 again, by Cyrus SASL instead of Dovecot's. */
  'CYRUS_DIGEST_MD5',
] as const
export type SmtpMechanism = (typeof smtpMechanisms)[number]

/** NONE: clear text only. TLS: STARTTLS demanded. SSL: implicit. */
export const encryptions = ['NONE', 'TLS', 'SSL'] as const
export type Encryption = (typeof encryptions)[number]

/** A port for each mechanism in each form, on 127.0.0.1 only. */
export type MechanismPorts = Readonly<Record<SmtpMechanism, Readonly<Record<Encryption, number>>>>

export async function chooseMechanismPorts(): Promise<MechanismPorts> {
  const free = await freePorts(smtpMechanisms.length * encryptions.length)
  const take = () => free.pop() ?? 0
  const forms = () => ({ NONE: take(), TLS: take(), SSL: take() })
  return {
    PLAIN: forms(),
    LOGIN: forms(),
    CRAM_MD5: forms(),
    DIGEST_MD5: forms(),
    XOAUTH2: forms(),
    OAUTHBEARER: forms(),
    CYRUS_DIGEST_MD5: forms(),
  }
}

const FORM_OPTIONS: Record<Encryption, string> = {
  NONE: '-o smtpd_tls_security_level=none',
  TLS: '-o smtpd_tls_security_level=encrypt -o smtpd_tls_auth_only=yes',
  SSL: '-o smtpd_tls_wrappermode=yes',
}

/** Their lines of Postfix's master.cf. */
export function mechanismServices(ports: MechanismPorts): string[] {
  return smtpMechanisms.flatMap((mechanism) =>
    encryptions.map((encryption) => {
      const isCyrus = mechanism === 'CYRUS_DIGEST_MD5'
      const name = mechanism.replace('CYRUS_', '').replace('_', '-').toLowerCase()
      const sasl = isCyrus ? '-o smtpd_sasl_type=cyrus -o smtpd_sasl_path=smtpd' : ''
      const options = `${FORM_OPTIONS[encryption]} -o smtpd_sasl_mechanism_filter=${name} ${sasl}`
      return `127.0.0.1:${ports[mechanism][encryption]} inet n - n - - smtpd ${options}`
    }),
  )
}
