import {
  resolveCursorConnection,
  type ResolveCursorConnectionArgs,
  type ResolveCursorConnectionOptions,
} from '@pothos/plugin-relay';
import { searchedRowsMax } from '../db/list-page.ts';

/** What a page of a list was made of. */
export interface Searched<Row> {
  readonly rows: readonly Row[];
  /** The page is not full, but the search was ended at this cursor; null: it was not. */
  readonly searchedUpTo: string | null;
}

/** For the description of a list. @param parts of its filter of which one alone always gives full pages. */
export function searchedPages(parts: string): string {
  return (
    `With more than one of ${parts}, ${searchedRowsMax} entries are looked at for a page, which may then be ` +
    'shorter than asked for, or empty, with `hasNextPage` true: `endCursor` goes on where the search ended.'
  );
}

/** A connection whose pages may end before they are full; then one goes on where the search was ended. */
export async function searchedConnection<Row extends {}>(
  options: ResolveCursorConnectionOptions<Row>,
  read: (page: ResolveCursorConnectionArgs) => Promise<Searched<Row>>,
) {
  let ended: Partial<PageInfo> = {};
  const connection = await resolveCursorConnection<Promise<Row[]>>(options, async (page) => {
    const { rows, searchedUpTo } = await read(page);
    if (searchedUpTo !== null)
      ended = page.inverted
        ? { hasPreviousPage: true, startCursor: searchedUpTo }
        : { hasNextPage: true, endCursor: searchedUpTo };
    return [...rows];
  });
  return { ...connection, pageInfo: { ...connection.pageInfo, ...ended } };
}

interface PageInfo {
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly startCursor: string;
  readonly endCursor: string;
}
