import { type ASTVisitor, type ValidationContext } from 'graphql';
/** Of one request's body: the ids of 10,000 servers to reorder take 390 kB. */
export declare const BODY_MAX_BYTES: number;
/** Of one document; bounds the depth of the parser's recursion too. */
export declare const TOKENS_MAX = 2000;
/** Refuses documents that are deep, wide or full of aliases, counting through fragments. */
export declare function limitShape(context: ValidationContext): ASTVisitor;
