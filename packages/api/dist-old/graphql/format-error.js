import { ErrorCode, FieldRule } from '@mailroom/shared';
import { GraphQLError, Kind } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { AppError, badUserInput } from '../errors.js';
import { fieldMessage } from '../validation/field-messages.js';
const INTERNAL = {
    ja: 'サーバーで問題が起きました。もう一度お試しください。続く場合は管理者に連絡してください。',
    en: 'Something went wrong on our side. Try again; if it goes on, tell your administrator.',
};
const PROBLEM_IN_QUERY = 'The request is not a valid GraphQL operation of this API.';
/** Codes of the request itself, which Apollo Server finds before any resolver; their texts quote the query only. */
const REQUEST_CODES = new Set([
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'OPERATION_RESOLUTION_FAILURE',
    'BAD_REQUEST',
]);
/** Field refusals found before execution travel in this extension; see refuse-bad-values.ts. */
export const REFUSALS_EXTENSION = 'mailroomRefusals';
/**
 * An error as it is answered: a stable code and words in the caller's language. What nobody foresaw
 * is logged and answered as INTERNAL. No rejected value is repeated.
 */
export function formatError(error, language, logger) {
    const where = error instanceof GraphQLError ? located(error) : {};
    const app = asAppError(error);
    if (app !== undefined)
        return { ...where, ...answer(app, language) };
    const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
    if (error instanceof GraphQLError && typeof code === 'string' && REQUEST_CODES.has(code)) {
        return { ...where, message: withoutValues(error), extensions: { code } };
    }
    logger.error({ err: originOf(error) }, 'unexpected error in an operation');
    return { ...where, message: INTERNAL[language], extensions: { code: ErrorCode.INTERNAL } };
}
/** What was thrown, out of the wrappings in which graphql-js and Apollo Server hand it on. */
function originOf(error) {
    return error instanceof GraphQLError && error.originalError !== undefined
        ? originOf(error.originalError)
        : error;
}
function located({ path, locations }) {
    return {
        ...(path === undefined ? {} : { path }),
        ...(locations === undefined ? {} : { locations }),
    };
}
function asAppError(error) {
    const cause = originOf(error);
    if (cause instanceof AppError)
        return cause;
    const validation = [cause, error].find((e) => e instanceof ArgumentValidationError);
    if (validation !== undefined) {
        return badUserInput(validation.extensions.validationErrors.flatMap((e) => refusals(e, '')));
    }
    if (error instanceof GraphQLError) {
        const found = error.extensions[REFUSALS_EXTENSION];
        if (Array.isArray(found))
            return badUserInput(found.filter(isRefusal));
    }
    return undefined;
}
function answer(error, language) {
    const fields = error.fields?.map(({ path, rule, limit }) => ({
        path,
        rule,
        message: fieldMessage(rule, limit, language),
    }));
    const extensions = { code: error.code, ...error.extensions, ...(fields && { fields }) };
    return { message: error.sentence[language], extensions };
}
function refusals(error, prefix) {
    const path = `${prefix}${error.property}`;
    // The first rule that fails says the most; "required" also fails "host" and the like.
    const own = Object.entries(error.constraints ?? {})
        .map(([name, limit]) => ({
        path,
        rule: ruleOf(name),
        limit: limit === '' ? undefined : Number(limit),
    }))
        .sort((a, b) => RULE_ORDER.indexOf(a.rule) - RULE_ORDER.indexOf(b.rule))
        .slice(0, 1);
    return [...own, ...(error.children ?? []).flatMap((child) => refusals(child, `${path}.`))];
}
const RULE_ORDER = Object.values(FieldRule);
function ruleOf(constraint) {
    return RULE_ORDER.find((rule) => rule === constraint) ?? FieldRule.type;
}
function isRefusal(value) {
    return typeof value === 'object' && value !== null && 'path' in value && 'rule' in value;
}
/** The library's own words, unless they would repeat a value of the query. */
function withoutValues(error) {
    const isAboutValue = error.nodes?.some(({ kind }) => VALUE_KINDS.has(kind)) ?? false;
    return isAboutValue || error.extensions['code'] === 'GRAPHQL_PARSE_FAILED'
        ? PROBLEM_IN_QUERY
        : error.message.replace(/ Did you mean .*$/s, '');
}
const VALUE_KINDS = new Set([
    Kind.INT,
    Kind.FLOAT,
    Kind.STRING,
    Kind.BOOLEAN,
    Kind.NULL,
    Kind.ENUM,
    Kind.LIST,
    Kind.OBJECT,
    Kind.OBJECT_FIELD,
]);
//# sourceMappingURL=format-error.js.map