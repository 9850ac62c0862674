/**
 * The mail servers as a program, for tests that are not TypeScript of this package:
 * `node packages/api/test/support/mail-servers/main.ts` prints one line of JSON (host, unnamedHost, ports,
 * mechanismPorts, oauthTokens, tokenAuthorityUrl, users, aliceMessages, caPem, caFile) and ends them all on SIGTERM, SIGINT or when its standard input closes.
 */
import { registerHooks } from 'node:module'

// Node strips the types but does not look for x.ts where x.js is imported, as TypeScript has it.
registerHooks({
  resolve: (specifier, context, next) =>
    next(
      specifier.startsWith('./') && context.parentURL?.endsWith('.ts')
        ? specifier.replace(/\.js$/, '.ts')
        : specifier,
      context,
    ),
})

const { startMailServers } = await import('./start-mail-servers.js')
const servers = await startMailServers()
const { host, unnamedHost, ports, mechanismPorts, oauthTokens, tokenAuthorityUrl } = servers
const { users, aliceMessages, caPem, caFile } = servers
const named = { host, unnamedHost, ports, mechanismPorts, oauthTokens, tokenAuthorityUrl }
const shown = { ...named, users, aliceMessages, caPem, caFile }
process.stdout.write(`${JSON.stringify(shown)}\n`)

const stop = () => {
  servers.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
}
process.once('SIGTERM', stop).once('SIGINT', stop)
process.stdin.resume().once('end', stop)
