/** Without `target` and `value`: an error would otherwise hold the rejected input, passwords too. */
export const VALIDATION = {
    validationError: { target: false, value: false },
    forbidUnknownValues: true,
};
//# sourceMappingURL=validation-options.js.map