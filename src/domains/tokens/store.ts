import { sql, type Generated, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList, type KeysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { snakeKeys } from '../../lib/case-keys.ts';

declare module '../../db/database.ts' {
  interface Database {
    tokens: TokensTable;
    revocations: RevocationsTable;
  }
}

export type TokenKind = 'API' | 'SESSION';

/** Issued tokens. Rows are never changed. */
export interface TokensTable {
  token_id: string;
  kind: TokenKind;
  /** SHA-256 of the secret that the bearer sends. */
  digest: Buffer;
  subject: string;
  role: string;
  name: string | null;
  /** The credential that a session was begun with. */
  parent_id: string | null;
  created_at: Generated<Date>;
  created_by: string;
  expires_at: Date | null;
}

export interface RevocationsTable {
  /** In the order of commits. */
  revocation_no: Generated<number>;
  /** As `targetOf` makes it. */
  target: string;
  revoked_at: Generated<Date>;
  revoked_by: string;
  /** When what was revoked has expired anyway; null: not known. */
  until: Date | null;
}

type Db = Kysely<Database>;

/** Names what is revoked: a credential by its id, or everything of a subject. */
export function targetOf(what: { readonly id: string } | { readonly subject: string }): string {
  return 'id' in what ? `id ${what.id}` : `subject ${what.subject}`;
}

export interface TokenRecord {
  readonly id: string;
  readonly kind: TokenKind;
  readonly subject: string;
  readonly role: string;
  readonly name: string | null;
  readonly parentId: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
  /** When it was revoked by its own id, that of its session's credential, or its subject; null: it was not. */
  readonly revokedAt: Date | null;
}

export type NewToken = Omit<TokenRecord, 'createdAt' | 'revokedAt'> & { readonly digest: Buffer };

export async function storeToken(db: Db, { digest, ...token }: NewToken): Promise<TokenRecord> {
  const { id, ...columns } = token;
  const { createdAt } = await db
    .insertInto('tokens')
    .values({ ...snakeKeys(columns), token_id: id, digest })
    .returning('created_at as createdAt')
    .executeTakeFirstOrThrow();
  return { ...token, createdAt, revokedAt: null };
}

export function findToken(db: Db, digest: Buffer): Promise<TokenRecord | undefined> {
  return records(db).where('digest', '=', digest).executeTakeFirst();
}

const rows = keysetList({
  table: 'tokens',
  at: 'created_at',
  id: 'token_id',
  filter: ({ subject }: { readonly subject: string | null }) => ({
    conditions: subject === null ? [] : [indexed('subject', [subject])],
  }),
});

export const tokenList: KeysetList<{ readonly subject: string | null }, TokenRecord> = {
  ...rows,
  keyOf: ({ createdAt, id }) => ({ at: createdAt, id }),
  find: (db, id) => records(db).where('token_id', '=', String(id)).executeTakeFirst(),
  async read(db, filter, page) {
    const found = await rows.read(db, filter, page);
    const ids = found.rows.map((row) => row.token_id);
    const tokens = await records(db)
      .where(sql<boolean>`token_id = any(${ids}::text[])`)
      .execute();
    const byId = new Map(tokens.map((token) => [token.id, token]));
    return { ...found, rows: ids.flatMap((id) => byId.get(id) ?? []) };
  },
};

function records(db: Db) {
  return db.selectFrom('tokens').select((eb) => [
    'token_id as id',
    'kind',
    'subject',
    'role',
    'name',
    'parent_id as parentId',
    'created_at as createdAt',
    'created_by as createdBy',
    'expires_at as expiresAt',
    eb
      .selectFrom('revocations')
      .where(
        sql<boolean>`target in ('id ' || token_id, 'id ' || parent_id)
          or (target = 'subject ' || subject and created_at <= revoked_at)`,
      )
      .select(({ fn }) => fn.min('revoked_at').as('at'))
      .as('revokedAt'),
  ]);
}

export interface RevocationRecord {
  readonly no: number;
  readonly target: string;
  readonly revokedAt: Date;
  /** When what was revoked has expired anyway; null: not known. */
  readonly until: Date | null;
}

/** Revokes a target, or revokes it again: for a subject that includes what was issued in between. */
export function storeRevocation(
  db: Db,
  revocation: { readonly target: string; readonly by: string; readonly until: Date | null },
): Promise<RevocationRecord> {
  const { target, by, until } = revocation;
  return db
    .insertInto('revocations')
    .values({ target, revoked_by: by, until })
    .onConflict((conflict) =>
      conflict.column('target').doUpdateSet({
        revocation_no: sql`nextval(pg_get_serial_sequence('revocations', 'revocation_no'))`,
        revoked_at: sql`clock_timestamp()`,
        revoked_by: by,
        until,
      }),
    )
    .returning(['revocation_no as no', 'target', 'revoked_at as revokedAt', 'until'])
    .executeTakeFirstOrThrow();
}

/** Revocations after one, in the order of their commits, without those of what has expired. */
export function readRevocations(db: Db, afterNo: number): Promise<readonly RevocationRecord[]> {
  return db
    .selectFrom('revocations')
    .select(['revocation_no as no', 'target', 'revoked_at as revokedAt', 'until'])
    .where('revocation_no', '>', afterNo)
    .where(sql<boolean>`until is null or until > now()`)
    .orderBy('revocation_no')
    .execute();
}

/** Tokens that have expired, and revocations of what has expired by itself. */
export const retainedTokens: readonly Retained[] = [
  { table: 'tokens', by: 'expires_at', key: { token_id: 'text' } },
  { table: 'revocations', by: 'until', key: { revocation_no: 'bigint' } },
];
