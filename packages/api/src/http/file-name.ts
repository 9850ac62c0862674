/** What no file system, or no shell, takes for part of a name. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const SIGNS = /[\u0000-\u001f\u007f<>:"/\\|?*]+/g
/** Names of devices on Windows, with whatever ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** A stranger's name of a file as one under which it can be saved anywhere. */
export function savedName(given: string, otherwise: string): string {
  const name = given
    .toWellFormed()
    .replace(SIGNS, '_')
    .replace(/[. ]+$/, '')
    .replace(/^\.+/, '_')
  return name === '' ? otherwise : name.replace(DEVICE, '_$1')
}

/** Names the file in UTF-8 (RFC 6266, RFC 8187), and in ASCII for whoever reads only that. */
export function attachmentNamed(name: string): string {
  const ascii = name.replace(/[^\w.-]+/g, '_') || 'attachment'
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
