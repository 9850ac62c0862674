/** Where to go after signing in: only to our own pages, wherever the address came from. */
export function returnAddress(wanted: unknown): string {
  const isOwn = typeof wanted === 'string' && /^\/(?![/\\])/.test(wanted)
  return isOwn && !wanted.startsWith('/sign-in') ? wanted : '/mail-servers'
}
