import { DiagnosisProblem, type Language } from '@mailroom/shared';
import type { Suggestion } from './suggestion.js';
/** What the button says, with the changes that go along. */
export declare function suggestionLabel({ path, value, also }: Suggestion, problem: DiagnosisProblem, language: Language): string;
