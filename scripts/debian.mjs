// What the tests need that npm does not have: mail servers, a browser, Japanese fonts.
import { fail, run, step } from './toolchain.mjs'

const PACKAGES = [
  'dovecot-core',
  'dovecot-imapd',
  'dovecot-pop3d',
  'dovecot-lmtpd',
  'libsasl2-modules',
  'libsasl2-modules-db',
  'sasl2-bin',
  'postfix',
  'openssl',
  'chromium',
  'fonts-noto-cjk',
]

/** Installs the Debian packages that are missing where we are root; says which otherwise. */
export async function installDebianPackages() {
  const missing = []
  for (const name of PACKAGES) {
    const { output } = await run('dpkg-query', ['-W', '-f=${db:Status-Status}', name])
    if (!output.startsWith('installed')) missing.push(name)
  }
  if (missing.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (process.getuid?.() !== 0)
    fail(`The tests need Debian packages that are not installed. As root:\n  ${command}`)
  const { code, output } = await step(`Installing ${missing.join(', ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run(
      'bash',
      [
        '-c',
        "echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections",
      ],
      { env },
    )
    await run('apt-get', ['update', '-qq'], { env })
    return run('bash', ['-c', command], { env })
  })
  if (code !== 0) {
    process.stderr.write(output.split('\n').slice(-20).join('\n'))
    fail('\nThe Debian packages could not be installed; the lines above say why.')
  }
}
