import { linkTarget, type LinkTarget } from './link-target.js'

interface Listener {
  readonly point: (target: LinkTarget | undefined) => void
  /** `isSeen`: where it goes was in sight before. */
  readonly follow: (target: LinkTarget, isSeen: boolean) => void
  readonly key: (event: KeyboardEvent) => void
}

/** What happens at links and keys in a document where nothing of its own runs. */
export function useFrameEvents({ point, follow, key }: Listener) {
  const known = new WeakSet<Document>()
  /** A finger points at nothing before it touches. */
  let hasPointed = false

  function pointAt(event: Event): void {
    const target = targetOf(event)
    hasPointed = target !== undefined && !('pointerType' in event && event.pointerType === 'touch')
    point(hasPointed ? target : undefined)
  }
  function open(event: MouseEvent): void {
    if (linkAt(event) === null) return
    // Also where it leads nowhere: nothing in there opens anything by itself.
    event.preventDefault()
    const target = targetOf(event)
    if (target !== undefined && isOpening(event)) follow(target, hasPointed)
  }

  function listen(inner: Document): void {
    if (known.has(inner)) return
    known.add(inner)
    const options = { capture: true }
    for (const name of ['pointerover', 'focusin']) inner.addEventListener(name, pointAt, options)
    for (const name of ['pointerout', 'focusout'])
      inner.addEventListener(name, () => point(undefined), options)
    for (const name of ['click', 'auxclick'] as const) inner.addEventListener(name, open, options)
    for (const name of ['submit', 'dragstart'])
      inner.addEventListener(name, (event) => event.preventDefault(), options)
    inner.addEventListener('keydown', key, options)
  }
  return { listen }
}

/**
 * By the first button or the middle one. Where the menu of the right one opens as it is let go, that is
 * a click too, and means to look at the link.
 */
export const isOpening = ({ button }: MouseEvent) => button < RIGHT_BUTTON
const RIGHT_BUTTON = 2

/** The link at an event, however deep in it; the frame's classes are not those of the page. */
function linkAt(event: Event): Element | null {
  return event.composedPath().find(isLink) ?? null
}
const isLink = (target: EventTarget): target is Element =>
  'localName' in target && /^(?:a|area)$/i.test(String(target.localName))

function targetOf(event: Event): LinkTarget | undefined {
  const link = linkAt(event)
  return link === null
    ? undefined
    : linkTarget(link.getAttribute('href') ?? '', link.textContent ?? '')
}
