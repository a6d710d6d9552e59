import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { intendedFile, releasedFile } from './released-schema.ts';

/**
 * A step of a release, after the version of package.json is set: freezes schema/schema.graphql as the schema that later
 * changes are compared with, and removes the list of intended changes, which are released now.
 */
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const { version } = JSON.parse(read('../package.json')) as { readonly version: string };
writeFileSync(releasedFile, `# Version ${version}\n${read('../schema/schema.graphql')}`);
rmSync(intendedFile, { force: true });
