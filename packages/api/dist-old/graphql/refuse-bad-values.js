import { FieldRule } from '@mailroom/shared';
import { GraphQLError, Kind, coerceInputValue, isInputType, isNonNullType, typeFromAST, visit, } from 'graphql';
import { badUserInput } from '../errors.js';
import { REFUSALS_EXTENSION } from './format-error.js';
/** More refused values than this help nobody and cost an answer's size. */
const REFUSALS_MAX = 50;
/**
 * Refuses variables that do not fit their types, by path, before graphql-js does so in a message that
 * repeats the value. Throws a GraphQLError around BAD_USER_INPUT.
 */
export function refuseBadVariables(schema, operation, variables) {
    const found = [];
    for (const { variable, type: node, defaultValue } of operation.variableDefinitions ?? []) {
        const name = variable.name.value;
        const type = typeFromAST(schema, node);
        if (!isInputType(type))
            continue;
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        if (value === undefined) {
            if (isNonNullType(type) && defaultValue === undefined) {
                found.push({ path: fieldPath([name]), rule: FieldRule.required });
            }
            continue;
        }
        coerceInputValue(value, type, (path, invalid, error) => {
            const rule = ruleOf(invalid, error);
            if (found.length < REFUSALS_MAX)
                found.push({ path: fieldPath([name, ...path, ...missing(error)]), rule });
        });
    }
    if (found.length === 0)
        return;
    const refusal = badUserInput(found);
    // Answered as every other refused field is: 200, since the request itself was well-formed.
    throw new GraphQLError(refusal.message, {
        originalError: refusal,
        extensions: { http: { status: 200 } },
    });
}
// The only two of graphql-js' input errors that are not about a value's type (coerceInputValue.js).
const MISSING = /^Field "(\w+)" of required type/;
const UNKNOWN = /^Field "(\w+)" is not defined/;
function missing({ message }) {
    const name = MISSING.exec(message)?.[1] ?? UNKNOWN.exec(message)?.[1];
    return name === undefined ? [] : [name];
}
function ruleOf(invalid, { message }) {
    if (MISSING.test(message) || invalid === null)
        return FieldRule.required;
    return UNKNOWN.test(message) ? FieldRule.unknown : FieldRule.type;
}
/** The path as screens know it: an argument named "input" is the form itself. */
function fieldPath(path) {
    return (path[0] === 'input' && path.length > 1 ? path.slice(1) : path).join('.');
}
/**
 * Marks validation errors about literals in the query with the path of the field they were written
 * for, so that they are answered as refused fields too.
 */
export function markBadLiterals(document, errors) {
    for (const error of errors) {
        const node = error.nodes?.[0];
        if (node === undefined)
            continue;
        const path = pathOf(document, node);
        if (path.length === 0)
            continue;
        const isMissing = node.kind === Kind.OBJECT;
        const name = isMissing
            ? /^Field "\w+\.(\w+)" of required type/.exec(error.message)?.[1]
            : undefined;
        const refusal = {
            path: fieldPath(name === undefined ? path : [...path, name]),
            rule: name !== undefined || node.kind === Kind.NULL ? FieldRule.required : FieldRule.type,
        };
        error.extensions[REFUSALS_EXTENSION] = [refusal];
    }
}
/** Names of the argument and object fields around a value node; empty where it is not within an argument. */
function pathOf(document, wanted) {
    const names = [];
    let found = [];
    visit(document, {
        enter(node) {
            if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD)
                names.push(node.name.value);
            if (node === wanted && node.kind !== Kind.ARGUMENT)
                found = [...names];
            return undefined;
        },
        leave(node) {
            if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD)
                names.pop();
            return undefined;
        },
    });
    return found;
}
//# sourceMappingURL=refuse-bad-values.js.map