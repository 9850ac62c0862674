/** Keys are bytes in the database, and hexadecimal where they are compared. */
export const hex = (key: Buffer) => key.toString('hex')
export const bytes = (key: string) => Buffer.from(key, 'hex')
