import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'

/** One root field of the schema. */
export interface Operation {
  /** Such as "Mutation.signIn". */
  readonly name: string
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly field: GraphQLField<unknown, unknown>
}

/** Every root field there is. */
export function operationsOf(schema: GraphQLSchema): Operation[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const
  return roots.flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({
      name: `${type?.name}.${field.name}`,
      kind,
      field,
    })),
  )
}

/** A request for it, its required arguments filled with what has the right form; `args` replace them. */
export function requestFor({ kind, field }: Operation, args: Record<string, unknown> = {}) {
  const used = field.args.filter((arg) => isRequiredArgument(arg) || arg.name in args)
  const declared = used.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const passed = used.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'
  const samples = used.map((arg) => [arg.name, sampleOf(arg.type, arg.name)])
  return {
    query: `${kind}${declared && ` (${declared})`} { ${field.name}${passed && `(${passed})`}${selection} }`,
    variables: { ...(Object.fromEntries(samples) as object), ...args },
  }
}

const NOBODYS_ID = '0197f000-0000-7000-8000-000000000000'
/** Texts that a field's own rule would refuse otherwise. */
const TEXTS: Readonly<Record<string, string>> = {
  host: '127.0.0.1',
  email: 'sample@example.jp',
  loginHint: 'sample@example.jp',
  password: 'a sample password',
}

let made = 0

/** A value of the type's form, with nothing left out that is required. */
export function sampleOf(type: GraphQLInputType, name: string): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, name)
  if (isListType(type)) return [sampleOf(type.ofType, name)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField)
    return Object.fromEntries(fields.map((f) => [f.name, sampleOf(f.type, f.name)]))
  }
  switch (type.name) {
    case 'ID':
      return NOBODYS_ID
    case 'Boolean':
      return false
    case 'Int':
    case 'Float':
      return 1
    case 'DateTime':
      return '2026-01-01T00:00:00.000Z'
    default:
      return TEXTS[name] ?? `sample-${(made += 1)}`
  }
}
