import { DiscoverySourceProblem } from '@mailroom/shared'
import { XMLParser } from 'fast-xml-parser'
import { SourceError } from './source-error.js'

/** An element as {@link readXml} gives it. */
export class XmlElement {
  constructor(private readonly content: Readonly<Record<string, unknown>>) {}

  /** The elements of that name right below, at most `max` of them. */
  all(name: string, max = 20): XmlElement[] {
    const found = Object.hasOwn(this.content, name) ? this.content[name] : undefined
    return (Array.isArray(found) ? found : [])
      .slice(0, max)
      .map((each: unknown) => new XmlElement(isRecord(each) ? each : {}))
  }

  first(name: string): XmlElement | undefined {
    return this.all(name, 1)[0]
  }

  /** The text within, without the space around it; empty where there is none. */
  get text(): string {
    return plain(this.content['#text'])
  }

  attribute(name: string): string {
    const key = `@${name}`
    return Object.hasOwn(this.content, key) ? plain(this.content[key]) : ''
  }

  /** The text of the first element of that name. */
  textOf(name: string): string {
    return this.first(name)?.text ?? ''
  }
}

const DEPTH_MAX = 12
/** Real files have some dozens; tens of thousands would hold up everything else while they are read. */
const TAGS_MAX = 4_000
/** A text of ours is a host, a name, an address of a page: nothing longer is of use. */
const TEXT_MAX_LENGTH = 500

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  alwaysCreateTextNode: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // No entity is ever expanded; the five of XML itself are read in `plain`.
  processEntities: false,
  maxNestedTags: DEPTH_MAX,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
})

/**
 * Reads a stranger's XML. A document type, which could define entities, is refused outright; so is
 * what is nested deeper or has more tags than any file of this kind.
 */
export function readXml(xml: string): XmlElement {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml) || xml.split('<').length > TAGS_MAX) throw notUnderstood()
  try {
    const parsed: unknown = parser.parse(xml)
    return new XmlElement(isRecord(parsed) ? parsed : {})
  } catch (error) {
    throw notUnderstood(error)
  }
}

const notUnderstood = (cause?: unknown) =>
  new SourceError(DiscoverySourceProblem.NOT_UNDERSTOOD, { cause })

const PREDEFINED: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
}

function plain(value: unknown): string {
  if (typeof value !== 'string') return ''
  return value
    .slice(0, TEXT_MAX_LENGTH)
    .replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => PREDEFINED[entity] ?? entity)
    .trim()
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
