import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchema } from './build-schema.js';
const FILE = new URL('../../schema.graphql', import.meta.url);
/** The published schema as text; committed, and checked against the code by the tests. */
const text = `# Generated from the code by "npm run generate"; do not edit.\n\n${printSchema(lexicographicSortSchema(await buildSchema()))}\n`;
writeFileSync(FILE, text);
//# sourceMappingURL=emit-schema.js.map