/** The id of the link in an account's row, for focus. */
export const accountRowId = (id: string) => `account-row-${id}`
