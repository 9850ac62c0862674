import { ConfigError, type Config } from './config.js'
import { DataFolderError } from './db/data-folder.js'
import { DatabaseVersionError } from './db/migrate.js'
import type { Logger } from './logger.js'
import { SecretKeyError } from './secret/secret-key.js'

/** To the person at the terminal: sentences for what can be mended; anything else is logged with its cause. */
export function explain(
  error: unknown,
  failure: string,
  config: Config | undefined,
  logger: Logger,
): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (
    error instanceof ConfigError ||
    error instanceof DatabaseVersionError ||
    error instanceof DataFolderError ||
    error instanceof SecretKeyError
  ) {
    process.stderr.write(`${error.message}\n`)
  } else if (code === 'EADDRINUSE') {
    process.stderr.write(
      `Port ${config?.port} is already in use. Stop what listens there, or set PORT to another one.\n`,
    )
  } else if (code === 'EACCES' && isListening(error)) {
    process.stderr.write(
      `Port ${config?.port} may not be used by this account. Set PORT to one above 1023.\n`,
    )
  } else if (
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND' ||
    code === '28P01' ||
    code === '3D000'
  ) {
    process.stderr.write(
      `The database of DATABASE_URL cannot be reached (${code}). Check its address, name and password.\n`,
    )
  } else {
    logger.fatal({ err: error }, failure)
    process.stderr.write(`${failure}; the line above says why.\n`)
  }
}

const isListening = (error: unknown) =>
  error instanceof Error && 'syscall' in error && error.syscall === 'listen'
