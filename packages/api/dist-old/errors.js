import { ErrorCode } from '@mailroom/shared';
/** A failure that a caller can cause and act on: a stable code and a sentence that says what to do. */
export class AppError extends Error {
    constructor(code, sentence, options = {}) {
        super(sentence.en, { cause: options.cause });
        this.code = code;
        this.sentence = sentence;
        this.name = 'AppError';
        this.fields = options.fields;
        this.extensions = options.extensions ?? {};
    }
}
export const unauthenticated = () => new AppError(ErrorCode.UNAUTHENTICATED, {
    ja: 'サインインしてください。',
    en: 'Sign in first.',
});
export const forbidden = () => new AppError(ErrorCode.FORBIDDEN, {
    ja: 'この操作には管理者の権限が必要です。',
    en: 'Only an administrator may do this.',
});
/** For refused fields; the words of each come from its rule. */
export const badUserInput = (fields) => new AppError(ErrorCode.BAD_USER_INPUT, { ja: '入力内容を確認してください。', en: 'Check the highlighted fields.' }, { fields });
//# sourceMappingURL=errors.js.map