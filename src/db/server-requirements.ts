/** What the server needs from PostgreSQL. */
export interface ServerFacts {
  /** `server_version_num`. */
  readonly number: number;
  /** `server_version`. */
  readonly name: string;
  readonly encoding: string;
}

const versionMin = 140_000;

/** Why this PostgreSQL cannot be used, and what to do. Null: it can. */
export function serverProblem({
  number,
  name,
  encoding,
}: ServerFacts): { readonly found: string; readonly todo: string } | null {
  if (number < versionMin)
    return {
      found: `The database server is PostgreSQL ${name}; opsgraph needs version 14 or newer.`,
      todo: 'Upgrade it, or remove DATABASE_URL to use the embedded PostgreSQL.',
    };
  if (encoding !== 'UTF8')
    return {
      found: `The database has the encoding ${encoding}; opsgraph needs UTF8, because it stores text of any language.`,
      todo: `An encoding cannot be changed: create a database with "encoding 'UTF8' template template0".`,
    };
  return null;
}
