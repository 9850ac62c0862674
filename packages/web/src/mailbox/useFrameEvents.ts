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
  function open(event: Event): void {
    if (linkAt(event) === null) return
    // Also where it leads nowhere: nothing in there opens anything by itself.
    event.preventDefault()
    const target = targetOf(event)
    if (target !== undefined) follow(target, hasPointed)
  }

  function listen(inner: Document): void {
    if (known.has(inner)) return
    known.add(inner)
    const options = { capture: true }
    for (const name of ['pointerover', 'focusin']) inner.addEventListener(name, pointAt, options)
    for (const name of ['pointerout', 'focusout'])
      inner.addEventListener(name, () => point(undefined), options)
    for (const name of ['click', 'auxclick']) inner.addEventListener(name, open, options)
    for (const name of ['submit', 'dragstart'])
      inner.addEventListener(name, (event) => event.preventDefault(), options)
    inner.addEventListener('keydown', key, options)
  }
  return { listen }
}

/** The link at an event, however deep in it; the frame's classes are not those of the page. */
function linkAt(event: Event): Element | null {
  for (const each of event.composedPath()) {
    if (!('localName' in each)) continue
    if (/^(?:a|area)$/i.test(String(each.localName))) return each as unknown as Element
  }
  return null
}

function targetOf(event: Event): LinkTarget | undefined {
  const link = linkAt(event)
  return link === null
    ? undefined
    : linkTarget(link.getAttribute('href') ?? '', link.textContent ?? '')
}
