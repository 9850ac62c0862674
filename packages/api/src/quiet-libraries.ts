/**
 * Imported before anything else: libraries look at DEBUG as they are loaded, and the web framework
 * would then write every address that is asked for, the codes of a sign-in among them.
 */
// eslint-disable-next-line no-restricted-properties -- config.ts would come too late
delete process.env['DEBUG']

export {}
