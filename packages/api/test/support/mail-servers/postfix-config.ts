import type { IssuedCertificate } from './certificates.js'
import { CYRUS_REALM } from './cyrus-sasl.js'
import type { MailServerPorts } from './mail-server-ports.js'
import { mechanismServices, type MechanismPorts } from './mechanism-ports.js'

export interface PostfixLayout {
  readonly root: string
  readonly ports: MailServerPorts
  readonly mechanismPorts: MechanismPorts
  /** Where the policy of POP before SMTP is asked. */
  readonly policyPort: number
  readonly certificate: IssuedCertificate
}

/** Postfix 3.7 main.cf: takes mail for mail.test, delivers it to Dovecot, lets nobody relay without AUTH. */
export function postfixMain({ root, certificate }: PostfixLayout): string {
  return `
compatibility_level = 3.6
myhostname = mail.test
mydestination =
# The default holds 127.0.0.0/8: every client of the tests would count as signed in.
mynetworks =
inet_protocols = ipv4
queue_directory = ${root}/queue
data_directory = ${root}/postfix-data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = ${root}/postfix.log
maillog_file_prefixes = ${root}
alias_maps =
alias_database =
virtual_mailbox_domains = mail.test
virtual_transport = lmtp:unix:${root}/lmtp
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${root}/sasl
smtpd_sasl_security_options = noanonymous
# The realm of Cyrus's users; Dovecot does not ask for it.
smtpd_sasl_local_domain = ${CYRUS_REALM}
smtpd_tls_cert_file = ${certificate.certFile}
smtpd_tls_key_file = ${certificate.keyFile}
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_error_sleep_time = 0
in_flow_delay = 0
smtpd_client_connection_count_limit = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
smtputf8_enable = yes
`
}

/** Postfix master.cf; chroot is off in every line so that absolute socket paths work. */
export function postfixMaster({ ports, mechanismPorts, policyPort }: PostfixLayout): string {
  const listen = (port: number, options: string) =>
    ['127.0.0.1', '127.0.0.2']
      .map((host) => `${host}:${port} inet n - n - - smtpd ${options}`)
      .join('\n')
  const services = [
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'proxywrite unix - - n - 1 proxymap',
    'smtp unix - - n - - smtp',
    'relay unix - - n - - smtp',
    'showq unix n - n - - showq',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'local unix - n n - - local',
    'virtual unix - n n - - virtual',
    'lmtp unix - - n - - lmtp',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
  ]
  return [
    listen(ports.smtp, '-o smtpd_tls_security_level=none'),
    listen(
      ports.smtpPlainOnly,
      '-o smtpd_tls_security_level=none -o smtpd_sasl_mechanism_filter=plain',
    ),
    listen(
      ports.smtpAfterPop,
      '-o smtpd_tls_security_level=none -o smtpd_sasl_auth_enable=no ' +
        `-o { smtpd_relay_restrictions = check_policy_service inet:127.0.0.1:${policyPort}, reject }`,
    ),
    ...mechanismServices(mechanismPorts),
    listen(ports.submission, '-o smtpd_tls_security_level=encrypt -o smtpd_tls_auth_only=yes'),
    listen(ports.smtps, '-o smtpd_tls_wrappermode=yes'),
    ...services,
    '',
  ].join('\n')
}
