import { FieldRule } from '@mailroom/shared';
/** Something other than white space. */
export declare const Required: () => PropertyDecorator;
/** Required, at most `max` characters, nothing that cannot be stored or shown. */
export declare const RequiredText: (max: number) => PropertyDecorator;
/** A host name or an address; an empty one is "required" and nothing more. */
export declare const Host: (max: number) => PropertyDecorator;
/** A whole number from `min` to `max`. */
export declare const Between: (min: number, max: number) => PropertyDecorator;
/** The SHA-256 of a certificate as 64 hex digits, colons and case aside; null where none is pinned. */
export declare const Fingerprint: () => PropertyDecorator;
/** How a fingerprint is kept: lower case, without the colons and spaces that tools print. */
export declare function normaliseFingerprint(text: string): string;
/** One or more certificates in PEM; null where there is none. A private key among them is refused. */
export declare const CertificatePem: (max: number) => PropertyDecorator;
/** A secret: any characters, length bounded in code points, never trimmed. */
export declare const SecretLength: (min: number, max: number) => PropertyDecorator;
/** A rule that looks at the other fields of its object. */
export declare const Consistent: <T extends object>(name: FieldRule, guard: (object: object) => object is T, holds: (object: T) => boolean) => PropertyDecorator;
