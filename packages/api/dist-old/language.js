import { LANGUAGES } from '@mailroom/shared';
/**
 * The caller's language from an Accept-Language header (RFC 9110 section 12.5.4): the wanted one with
 * the highest weight that we speak, otherwise English, which programs send no header for.
 */
export function languageOf(acceptLanguage) {
    const wanted = (acceptLanguage ?? '')
        .slice(0, 500)
        .split(',')
        .map((item) => {
        const [tag = '', ...parameters] = item.trim().toLowerCase().split(';');
        const q = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((v) => v !== undefined);
        return { tag: tag.split('-')[0], weight: q === undefined ? 1 : Number(q) };
    })
        .filter(({ weight }) => weight > 0)
        .sort((a, b) => b.weight - a.weight);
    for (const { tag } of wanted) {
        const language = LANGUAGES.find((known) => known === tag);
        if (language !== undefined)
            return language;
    }
    return 'en';
}
//# sourceMappingURL=language.js.map