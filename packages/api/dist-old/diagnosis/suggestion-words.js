import { DiagnosisProblem, EncryptionMode, IncomingAuthMethod, SmtpAuthMethod, } from '@mailroom/shared';
const ENCRYPTION = {
    NONE: { ja: '暗号化なし', en: 'no encryption' },
    SSL: { ja: 'SSL', en: 'SSL (implicit TLS)' },
    TLS: { ja: 'TLS (STARTTLS)', en: 'TLS (STARTTLS)' },
};
const encryption = (value) => {
    const mode = Object.values(EncryptionMode).find((each) => each === value);
    const words = mode === undefined ? { ja: value, en: value } : ENCRYPTION[mode];
    return { ja: `${words.ja}を使用する`, en: `Use ${words.en}` };
};
const port = (value) => ({ ja: `ポート番号を${value}にする`, en: `Use port ${value}` });
const method = (value) => {
    const name = value === SmtpAuthMethod.XOAUTH2 ? 'OAuth 2.0 (XOAUTH2)' : value.replace('_', '-');
    return value === IncomingAuthMethod.PASSWORD
        ? { ja: 'アカウントとパスワードで認証する', en: 'Sign in by account and password' }
        : { ja: `認証方法を ${name} にする`, en: `Use ${name}` };
};
const trust = (_value, problem) => problem === DiagnosisProblem.TLS_CERTIFICATE_CHANGED
    ? { ja: '新しい証明書を信頼する', en: 'Trust the new certificate' }
    : { ja: 'この証明書を信頼する', en: 'Trust this certificate' };
const WORDS = {
    encryption,
    port,
    authMethod: method,
    pinnedCertificate: trust,
    protocol: (value) => ({ ja: `受信プロトコルを ${value} にする`, en: `Use ${value}` }),
    apop: () => ({ ja: 'APOP認証を使用しない', en: 'Turn APOP off' }),
    popBeforeSmtp: () => ({
        ja: '「受信後に送信を行う」を使用する',
        en: 'Sign in to the incoming server before sending',
    }),
};
/** What the button says, with the changes that go along. */
export function suggestionLabel({ path, value, also }, problem, language) {
    const say = (change) => {
        const field = change.path.split('.').at(-1) ?? '';
        return WORDS[field]?.(change.value, problem)[language] ?? `${change.path}: ${change.value}`;
    };
    return [{ path, value }, ...also].map(say).join(language === 'ja' ? '・' : ', ');
}
//# sourceMappingURL=suggestion-words.js.map