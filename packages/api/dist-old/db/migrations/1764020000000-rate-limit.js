/** Not only sign-ins are limited any more. */
export class RateLimit1764020000000 {
    constructor() {
        this.name = 'RateLimit1764020000000';
    }
    async up(runner) {
        await runner.query('ALTER TABLE sign_in_limit RENAME TO rate_limit');
    }
    async down(runner) {
        await runner.query('ALTER TABLE rate_limit RENAME TO sign_in_limit');
    }
}
//# sourceMappingURL=1764020000000-rate-limit.js.map