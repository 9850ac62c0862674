import { type Language } from '@mailroom/shared';
/** A sentence in each language that the product speaks. */
export type Sentence = Readonly<Record<Language, string>>;
/**
 * The caller's language from an Accept-Language header (RFC 9110 section 12.5.4): the wanted one with
 * the highest weight that we speak, otherwise English, which programs send no header for.
 */
export declare function languageOf(acceptLanguage: string | undefined): Language;
