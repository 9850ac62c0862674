import type { FieldRule, Language } from '@mailroom/shared';
/** Words a refused field's rule; `limit` is the number the rule names. */
export declare function fieldMessage(rule: FieldRule, limit: number | undefined, language: Language): string;
