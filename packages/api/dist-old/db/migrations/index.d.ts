import { Initial1764000000000 } from './1764000000000-initial.js';
/** In the order in which they run; append only. */
export declare const migrations: (typeof Initial1764000000000)[];
