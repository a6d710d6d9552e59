import { existsSync, readFileSync } from 'node:fs';
import { compareSchemas } from './breaking-changes.ts';
import { intendedFile, releasedFile } from './released-schema.ts';

/**
 * `npm run check` runs this. It fails when schema/schema.graphql breaks clients of the last release by a change that
 * schema/intended-changes.txt does not record. Before the first release there is nothing to compare with.
 */
if (existsSync(releasedFile)) {
  const present = readFileSync(new URL('../schema/schema.graphql', import.meta.url), 'utf8');
  const released = readFileSync(releasedFile, 'utf8');
  const intended = existsSync(intendedFile) ? readFileSync(intendedFile, 'utf8') : '';
  const { unintended, stale } = compareSchemas(released, present, intended);
  const [version = ''] = released.split('\n', 1);
  for (const change of unintended)
    console.error(
      `schema/schema.graphql breaks clients (${version}). Undo the change, or add this line to schema/intended-changes.txt:\n  ${change}`,
    );
  for (const change of stale)
    console.error(`schema/intended-changes.txt: the schema does not contain this change: ${change}`);
  if (unintended.length + stale.length > 0) process.exitCode = 1;
}
