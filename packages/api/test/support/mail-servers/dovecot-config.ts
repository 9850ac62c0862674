import type { IssuedCertificate } from './certificates.js'
import type { MailServerPorts } from './mail-server-ports.js'

interface DovecotLayout {
  readonly root: string
  readonly ports: MailServerPorts
  readonly certificate: IssuedCertificate
  /** What runs after a sign-in by POP3. */
  readonly popScript: string
}

/** Dovecot's oauth2 password database: asks for each token by RFC 7662. */
export function dovecotOAuth(introspectionUrl: string): string {
  return `
introspection_mode = post
introspection_url = ${introspectionUrl}
username_attribute = username
active_attribute = active
active_value = true
`
}

/** Dovecot 2.3: one Maildir a user, every port of IMAP and POP3, SASL for Postfix. */
export function dovecotConfig({ root, ports, certificate, popScript }: DovecotLayout): string {
  return `
base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/dovecot.log
listen = 127.0.0.1, 127.0.0.2
protocols = imap pop3 lmtp
mail_location = maildir:${root}/mail/%n
mail_uid = 5000
mail_gid = 5000
first_valid_uid = 5000
default_internal_user = dovecot
default_login_user = dovenull
ssl = yes
ssl_cert = <${certificate.certFile}
ssl_key = <${certificate.keyFile}
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 digest-md5 apop xoauth2 oauthbearer
auth_username_format = %n
# Failed sign-ins from one address would become slower and slower, and the tests with them.
auth_failure_delay = 0
mail_max_userip_connections = 100
passdb {
  driver = oauth2
  # Any other sign-in would ask for its password there too.
  mechanisms = xoauth2 oauthbearer
  args = ${root}/dovecot-oauth2.conf.ext
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${root}/users
}
userdb {
  driver = static
  args = uid=5000 gid=5000 home=${root}/mail/%n
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  unix_listener ${root}/sasl {
    mode = 0666
  }
}
service pop3 {
  executable = pop3 pop3-postlogin
}
service pop3-postlogin {
  executable = script-login ${popScript}
  unix_listener pop3-postlogin {
  }
}
service lmtp {
  unix_listener ${root}/lmtp {
    mode = 0666
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service pop3-login {
  chroot =
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = ${ports.pop3s}
    ssl = yes
  }
}
`
}
