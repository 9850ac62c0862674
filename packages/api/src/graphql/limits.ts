import { IMPORT_FILE_MAX_BYTES } from '@mailroom/shared'
import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'

/** Of one request's body: the ids of 10,000 servers to reorder take 390 kB. */
export const BODY_MAX_BYTES = 1024 * 1024
/** Of an administrator's, who may send a file to import: base64 makes three bytes four. */
export const ADMIN_BODY_MAX_BYTES = Math.ceil((IMPORT_FILE_MAX_BYTES * 4) / 3) + BODY_MAX_BYTES
/** Of one document; bounds the depth of the parser's recursion too. */
export const TOKENS_MAX = 2_000
const DEPTH_MAX = 8
/** The explorer's introspection query nests ofType. */
const INTROSPECTION_DEPTH_MAX = 16
const ALIASES_MAX = 15
const ROOT_FIELDS_MAX = 10
const FIELDS_MAX = 500
const FRAGMENTS_MAX = 30
const DIRECTIVES_MAX = 50

/** Refuses documents that are deep, wide or full of aliases, counting through fragments. */
export function limitShape(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const fragments = document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION)
      if (fragments.length > FRAGMENTS_MAX)
        return refuse(context, `more than ${FRAGMENTS_MAX} fragments`)
      const counter = new ShapeCounter(
        new Map(fragments.map((f) => [f.name.value, f.selectionSet])),
      )
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue
        if (definition.selectionSet.selections.length > ROOT_FIELDS_MAX) {
          return refuse(context, `more than ${ROOT_FIELDS_MAX} root fields`)
        }
        counter.count(definition.selectionSet, 1, false, [])
      }
      const excess = counter.excess()
      if (excess !== undefined) refuse(context, excess)
      return undefined
    },
  }
}

function refuse(context: ValidationContext, what: string): false {
  context.reportError(new GraphQLError(`The operation has ${what}.`))
  return false
}

class ShapeCounter {
  #fields = 0
  #aliases = 0
  #directives = 0
  #isTooDeep = false

  constructor(private readonly fragments: ReadonlyMap<string, SelectionSetNode>) {}

  count(
    set: SelectionSetNode,
    depth: number,
    isIntrospection: boolean,
    within: readonly string[],
  ): void {
    for (const selection of set.selections) {
      if (this.excess() !== undefined) return
      this.#directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value
        const fragment = this.fragments.get(name)
        // A cycle is another rule's to report; here it must only end.
        if (fragment !== undefined && !within.includes(name)) {
          this.count(fragment, depth, isIntrospection, [...within, name])
        }
        continue
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.count(selection.selectionSet, depth, isIntrospection, within)
        continue
      }
      this.#fields += 1
      if (selection.alias !== undefined) this.#aliases += 1
      const introspects = isIntrospection || selection.name.value.startsWith('__')
      if (depth > (introspects ? INTROSPECTION_DEPTH_MAX : DEPTH_MAX)) this.#isTooDeep = true
      if (selection.selectionSet !== undefined) {
        this.count(selection.selectionSet, depth + 1, introspects, within)
      }
    }
  }

  excess(): string | undefined {
    if (this.#isTooDeep) return `more than ${DEPTH_MAX} levels`
    if (this.#fields > FIELDS_MAX) return `more than ${FIELDS_MAX} fields`
    if (this.#aliases > ALIASES_MAX) return `more than ${ALIASES_MAX} aliases`
    return this.#directives > DIRECTIVES_MAX ? `more than ${DIRECTIVES_MAX} directives` : undefined
  }
}
