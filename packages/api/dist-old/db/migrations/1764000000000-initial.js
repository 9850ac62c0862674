/** Users, sessions and mail servers. */
export class Initial1764000000000 {
    constructor() {
        this.name = 'Initial1764000000000';
    }
    async up(runner) {
        await runner.query(`
      CREATE TABLE app_user (
        id uuid NOT NULL DEFAULT uuidv7(),
        login_name varchar(100) NOT NULL,
        login_name_key varchar(1800) NOT NULL,
        display_name varchar(100) NOT NULL,
        role varchar(20) NOT NULL,
        password_hash varchar(255) NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT app_user_pk PRIMARY KEY (id)
      )`);
        await runner.query('CREATE UNIQUE INDEX app_user_login_name_key_unique ON app_user (login_name_key)');
        await runner.query(`
      CREATE TABLE session (
        token_hash bytea NOT NULL,
        user_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        last_used_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT session_pk PRIMARY KEY (token_hash),
        CONSTRAINT session_user_fk FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE
      )`);
        await runner.query('CREATE INDEX session_user_id ON session (user_id)');
        await runner.query('CREATE INDEX session_expires_at ON session (expires_at)');
        await runner.query(`
      CREATE TABLE set_up_link (
        token_hash bytea NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT set_up_link_pk PRIMARY KEY (token_hash)
      )`);
        // The columns that rate-limiter-flexible asks for; it may not make tables by itself.
        await runner.query(`
      CREATE TABLE sign_in_limit (
        key varchar(255) NOT NULL,
        points integer NOT NULL DEFAULT 0,
        expire bigint,
        CONSTRAINT sign_in_limit_pk PRIMARY KEY (key)
      )`);
        await runner.query(`
      CREATE TABLE mail_server (
        id uuid NOT NULL DEFAULT uuidv7(),
        code varchar(100) NOT NULL,
        code_key varchar(1800) NOT NULL,
        name varchar(100) NOT NULL,
        position integer,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at timestamptz(3),
        outgoing_host varchar(100) NOT NULL,
        outgoing_port integer NOT NULL,
        outgoing_encryption varchar(20) NOT NULL,
        outgoing_auth_method varchar(20) NOT NULL,
        outgoing_credentials varchar(20) NOT NULL,
        outgoing_pop_before_smtp boolean NOT NULL,
        outgoing_pop_before_smtp_wait_seconds integer NOT NULL,
        outgoing_timeout_seconds integer NOT NULL,
        outgoing_pinned_certificate varchar(64),
        incoming_protocol varchar(20) NOT NULL,
        incoming_host varchar(100) NOT NULL,
        incoming_port integer NOT NULL,
        incoming_encryption varchar(20) NOT NULL,
        incoming_apop boolean NOT NULL,
        incoming_timeout_seconds integer NOT NULL,
        incoming_pinned_certificate varchar(64),
        CONSTRAINT mail_server_pk PRIMARY KEY (id),
        CONSTRAINT mail_server_position_unique UNIQUE (position) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT mail_server_position_iff_live CHECK ((position IS NULL) = (deleted_at IS NOT NULL))
      )`);
        await runner.query('CREATE UNIQUE INDEX mail_server_code_key_unique ON mail_server (code_key) WHERE deleted_at IS NULL');
    }
    async down(runner) {
        await runner.query('DROP TABLE mail_server, sign_in_limit, set_up_link, session, app_user');
    }
}
//# sourceMappingURL=1764000000000-initial.js.map