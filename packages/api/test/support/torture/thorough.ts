/** `npm run torture`: each of many places, where `npm test` takes some of them. */
export const isThorough = process.env['MAILROOM_THOROUGH'] === '1'
