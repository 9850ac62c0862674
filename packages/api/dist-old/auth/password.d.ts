/** The argon2id hash of a password, in PHC string format. */
export declare function hashPassword(password: string): Promise<string>;
/** Whether the password is the hash's; with no hash it takes as long and answers false. */
export declare function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean>;
