/** A private authority for each side, and how the incoming side signs in. */
export class TrustAndOauth1764010000000 {
    constructor() {
        this.name = 'TrustAndOauth1764010000000';
    }
    async up(runner) {
        await runner.query(`
      ALTER TABLE mail_server
        ADD COLUMN outgoing_ca_certificate varchar(32768),
        ADD COLUMN incoming_ca_certificate varchar(32768),
        ADD COLUMN incoming_auth_method varchar(20) NOT NULL DEFAULT 'PASSWORD'`);
        // What is stored so far signed in by password; from here on the application always says.
        await runner.query('ALTER TABLE mail_server ALTER COLUMN incoming_auth_method DROP DEFAULT');
    }
    async down(runner) {
        await runner.query(`
      ALTER TABLE mail_server
        DROP COLUMN outgoing_ca_certificate,
        DROP COLUMN incoming_ca_certificate,
        DROP COLUMN incoming_auth_method`);
    }
}
//# sourceMappingURL=1764010000000-trust-and-oauth.js.map