/** The shape of a language's words: whatever they are, they are texts. */
export type Widened<T> = { [K in keyof T]: T[K] extends string ? string : Widened<T[K]> }
