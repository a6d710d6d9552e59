import { removeOld, type Retained, type Transact } from '../../src/db/retained.ts';
import type { DatabaseHandle } from '../../src/db/database.ts';

/** What retention removes of a table that keeps nothing from before an instant, in slices of one row. */
export async function removeBefore(
  { kysely }: Pick<DatabaseHandle, 'kysely'>,
  retained: Retained | readonly Retained[],
  before: Date,
): Promise<number> {
  const transact: Transact = (work) => kysely.transaction().execute(work);
  let removed = 0;
  for (const one of [retained].flat())
    removed += await removeOld(kysely, one, before, { transact, sliceRows: 1 });
  return removed;
}
