import { linkTarget } from './link-target.js'

/** Takes HTML apart where nothing of it can load or run. */
export function parseBody(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body
}

/** A link that leads nowhere is text; every other one opens apart, and hands nothing on. */
export function tameLinks(body: HTMLElement): void {
  for (const link of body.querySelectorAll('a[href], area[href]')) {
    const target = linkTarget(link.getAttribute('href') ?? '', link.textContent)
    if (target === undefined) {
      link.removeAttribute('href')
      continue
    }
    link.setAttribute('href', target.href)
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer nofollow')
    link.removeAttribute('ping')
    link.removeAttribute('download')
  }
}
