import type { ValidatorOptions } from 'class-validator';
/** Without `target` and `value`: an error would otherwise hold the rejected input, passwords too. */
export declare const VALIDATION: ValidatorOptions;
