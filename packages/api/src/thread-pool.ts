/**
 * Imported before anything that uses libuv's pool of threads. The operating system's resolver holds
 * one for as long as a name server says nothing, and at most half of them: with the usual four, two
 * such names would leave no mail server's name to be found.
 */
const THREADS = '64'

// eslint-disable-next-line no-restricted-properties -- config.ts would come too late
process.env['UV_THREADPOOL_SIZE'] ??= THREADS

export {}
