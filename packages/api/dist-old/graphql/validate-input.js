import { validate } from 'class-validator';
import { ArgumentValidationError } from 'type-graphql';
import { VALIDATION } from './validation-options.js';
/**
 * Checks an input as arguments of queries and mutations are checked: type-graphql hands a
 * subscription's `subscribe` its arguments as they came. Throws what format-error.ts words by field.
 */
export async function validateInput(...inputs) {
    const found = await Promise.all(inputs.map((input) => validate(input, VALIDATION)));
    const errors = found.flat();
    if (errors.length > 0)
        throw new ArgumentValidationError(errors);
}
//# sourceMappingURL=validate-input.js.map