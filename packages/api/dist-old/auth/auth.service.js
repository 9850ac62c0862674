import { ErrorCode, UserRole, loginNameKey } from '@mailroom/shared';
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js';
import { AppError } from '../errors.js';
import { hashPassword, verifyPassword } from './password.js';
import { SetUpLink } from './set-up-link.entity.js';
import { createToken, hashToken } from './token.js';
import { User } from './user.entity.js';
// Says nothing of which of the two was wrong.
const signInRefused = () => new AppError(ErrorCode.UNAUTHENTICATED, {
    ja: 'ログイン名またはパスワードが正しくありません。',
    en: 'The login name or the password is not right.',
});
const setUpLinkInvalid = () => new AppError(ErrorCode.FORBIDDEN, {
    ja: 'このセットアップ用リンクは使えません。Mailroomを再起動すると、新しいリンクが表示されます。',
    en: 'This set-up link no longer works. Restart Mailroom; it prints a new one.',
});
/** Signing in, and making the first administrator. */
export class AuthService {
    constructor(dataSource, sessions, limit) {
        this.dataSource = dataSource;
        this.sessions = sessions;
        this.limit = limit;
    }
    /** Throws UNAUTHENTICATED for a wrong name or password, TOO_MANY_REQUESTS after too many. */
    async signIn(loginName, password, address) {
        const key = loginNameKey(loginName);
        await this.limit.take(key, address);
        const user = await this.dataSource.manager.findOneBy(User, { loginNameKey: key });
        if (!(await verifyPassword(user?.passwordHash, password)) || user === null)
            throw signInRefused();
        await this.limit.succeeded(key, address);
        return { user, token: await this.sessions.start(user.id) };
    }
    find(id) {
        return this.dataSource.manager.findOneBy(User, { id });
    }
    async needsSetUp(manager = this.dataSource.manager) {
        return !(await manager.exists(User));
    }
    /** The token of a new one-time set-up link; undefined once somebody exists. */
    async createSetUpToken() {
        if (!(await this.needsSetUp()))
            return undefined;
        const token = createToken();
        await this.dataSource.manager.insert(SetUpLink, { tokenHash: hashToken(token) });
        return token;
    }
    /** Makes the first administrator by a set-up link and signs in. FORBIDDEN where the link is used up. */
    async setUp(token, loginName, password) {
        const known = await this.dataSource.manager.existsBy(SetUpLink, { tokenHash: hashToken(token) });
        if (!known)
            throw setUpLinkInvalid();
        const user = await this.createFirstAdministrator(loginName, password);
        if (user === undefined)
            throw setUpLinkInvalid();
        return { user, token: await this.sessions.start(user.id) };
    }
    /** Makes an administrator where no user exists, however many processes try; undefined otherwise. */
    async createFirstAdministrator(loginName, password) {
        const passwordHash = await hashPassword(password);
        return this.dataSource.transaction(async (manager) => {
            await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_NAMESPACE, Lock.firstUser]);
            if (!(await this.needsSetUp(manager)))
                return undefined;
            const name = loginName.trim();
            const user = manager.create(User, {
                loginName: name,
                loginNameKey: loginNameKey(name),
                displayName: name,
                role: UserRole.ADMIN,
                passwordHash,
            });
            await manager.insert(User, user);
            await manager.createQueryBuilder().delete().from(SetUpLink).execute();
            return user;
        });
    }
}
//# sourceMappingURL=auth.service.js.map