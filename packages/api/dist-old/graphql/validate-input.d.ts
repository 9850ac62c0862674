/**
 * Checks an input as arguments of queries and mutations are checked: type-graphql hands a
 * subscription's `subscribe` its arguments as they came. Throws what format-error.ts words by field.
 */
export declare function validateInput(...inputs: readonly object[]): Promise<void>;
