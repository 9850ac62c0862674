/** Longer than any that a person has set. */
const STYLE_MAX_LENGTH = 4_000

/** What sets how something looks where it stands. Nothing that moves it elsewhere, and nothing that loads. */
const PROPERTY =
  /^(?:color|background(?:-color)?|opacity|visibility|display|direction|unicode-bidi|float|clear|width|height|(?:min|max)-(?:width|height)|box-sizing|overflow|(?:margin|padding)(?:-(?:top|right|bottom|left))?|border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?|border(?:-(?:top|bottom)-(?:left|right))?-radius|border-(?:collapse|spacing)|caption-side|empty-cells|table-layout|vertical-align|font(?:-(?:family|size|style|variant|weight|stretch))?|line-height|letter-spacing|word-(?:spacing|break|wrap)|overflow-wrap|white-space|text-(?:align|decoration(?:-(?:color|line|style))?|indent|transform|overflow)|list-style(?:-(?:type|position))?)$/
/** No backslash, which spells any of the others; no @, no angle bracket, no comment, no semicolon. */
const VALUE = /^[\w\s#%.,+()'"/\u0080-\uffff-]{1,500}$/
const FUNCTION = /([\w-]*)\s*\(/g
const FUNCTIONS = new Set(['rgb', 'rgba', 'hsl', 'hsla', 'calc'])

/** The declarations of a style attribute that may stay; nothing in them can load or cover anything. */
export function safeStyle(style: string): string {
  return style.slice(0, STYLE_MAX_LENGTH).split(';').map(safeDeclaration).filter(Boolean).join('; ')
}

function safeDeclaration(declaration: string): string {
  const colon = declaration.indexOf(':')
  const property = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase()
  const value = declaration
    .slice(colon + 1)
    .replace(/!\s*important\s*$/i, '')
    .trim()
  return PROPERTY.test(property) && isSafe(value) ? `${property}: ${value}` : ''
}

function isSafe(value: string): boolean {
  if (!VALUE.test(value) || value.includes('/*')) return false
  const isClosed = ['"', "'"].every((quote) => value.split(quote).length % 2 === 1)
  const isBalanced = value.split('(').length === value.split(')').length
  const names = [...value.matchAll(FUNCTION)].map(([, name = '']) => name.toLowerCase())
  return isClosed && isBalanced && names.every((name) => FUNCTIONS.has(name))
}
