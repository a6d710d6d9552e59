import { sql, type Generated, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { indexed, rowsInOrder, type List } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';

declare module '../../db/database.ts' {
  interface Database {
    tokens: TokensTable;
    revocations: RevocationsTable;
  }
}

export type TokenKind = 'API' | 'SESSION';

/** What was given out. Rows are never changed. */
export interface TokensTable {
  token_id: string;
  kind: TokenKind;
  /** SHA-256 of what the bearer shows. */
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
  /** Order of commits. */
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
  /** By its own id, its session's credential's, or its subject; null: not. */
  readonly revokedAt: Date | null;
}

export type NewToken = Omit<TokenRecord, 'createdAt' | 'revokedAt'> & { readonly digest: Buffer };

export async function storeToken(db: Db, token: NewToken): Promise<TokenRecord> {
  const { created_at: createdAt } = await db
    .insertInto('tokens')
    .values({
      token_id: token.id,
      kind: token.kind,
      digest: token.digest,
      subject: token.subject,
      role: token.role,
      name: token.name,
      parent_id: token.parentId,
      created_by: token.createdBy,
      expires_at: token.expiresAt,
    })
    .returning('created_at')
    .executeTakeFirstOrThrow();
  const { digest: _digest, ...shown } = token;
  return { ...shown, createdAt, revokedAt: null };
}

export async function findToken(db: Db, digest: Buffer): Promise<TokenRecord | null> {
  const [row] = await listed(db).where('digest', '=', digest).execute();
  return row === undefined ? null : toRecord(row);
}

export async function readToken(db: Db, id: string): Promise<TokenRecord | null> {
  const [row] = await listed(db).where('token_id', '=', id).execute();
  return row === undefined ? null : toRecord(row);
}

export interface TokenPage {
  /** Null: of all. */
  readonly subject: string | null;
  readonly limit: number;
  /** Newest first, or oldest first when reading backwards. */
  readonly newestFirst: boolean;
  readonly olderThan: { readonly at: Date; readonly id: string } | null;
  readonly newerThan: { readonly at: Date; readonly id: string } | null;
}

const list: List = { table: 'tokens', at: 'created_at', id: 'token_id' };

/** One page by keyset, by the time of creation. */
export async function readTokenPage(
  db: Db,
  { subject, ...page }: TokenPage,
): Promise<readonly TokenRecord[]> {
  const direction = page.newestFirst ? 'desc' : 'asc';
  const conditions = subject === null ? [] : [indexed('subject', [subject])];
  const keys = rowsInOrder(list, { ...page, conditions }, ['token_id', 'created_at']);
  const rows = await listed(db)
    .where('token_id', 'in', sql<string>`(select token_id from (${keys}) as keys)`)
    .orderBy('created_at', direction)
    .orderBy('token_id', direction)
    .execute();
  return rows.map(toRecord);
}

function listed(db: Db) {
  return db.selectFrom('tokens').select((eb) => [
    'token_id',
    'kind',
    'subject',
    'role',
    'name',
    'parent_id',
    'created_at',
    'created_by',
    'expires_at',
    eb
      .selectFrom('revocations')
      .where(
        sql<boolean>`target in ('id ' || token_id, 'id ' || parent_id)
          or (target = 'subject ' || subject and created_at <= revoked_at)`,
      )
      .select(({ fn }) => fn.min('revoked_at').as('at'))
      .as('revoked_at'),
  ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number];

function toRecord(row: Row): TokenRecord {
  return {
    id: row.token_id,
    kind: row.kind,
    subject: row.subject,
    role: row.role,
    name: row.name,
    parentId: row.parent_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

export interface RevocationRecord {
  readonly no: number;
  readonly target: string;
  readonly revokedAt: Date;
  /** When what was revoked has expired anyway; null: not known. */
  readonly until: Date | null;
}

/** Revokes; what is revoked already is revoked anew, which for a subject reaches what was issued since. */
export async function storeRevocation(
  db: Db,
  revocation: { readonly target: string; readonly by: string; readonly until: Date | null },
): Promise<RevocationRecord> {
  const { target, by, until } = revocation;
  const row = await db
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
    .returning(['revocation_no', 'revoked_at'])
    .executeTakeFirstOrThrow();
  return { no: row.revocation_no, target, revokedAt: row.revoked_at, until };
}

/** Revocations after one, in the order of their commits; of those that no longer matter, none. */
export async function readRevocations(db: Db, afterNo: number): Promise<readonly RevocationRecord[]> {
  const rows = await db
    .selectFrom('revocations')
    .select(['revocation_no', 'target', 'revoked_at', 'until'])
    .where('revocation_no', '>', afterNo)
    .where(sql<boolean>`until is null or until > now()`)
    .orderBy('revocation_no')
    .execute();
  return rows.map((row) => ({
    no: row.revocation_no,
    target: row.target,
    revokedAt: row.revoked_at,
    until: row.until,
  }));
}

/** Tokens that have expired, and revocations of what has expired by itself. */
export const retainedTokens: readonly Retained[] = [
  { table: 'tokens', by: 'expires_at', key: { token_id: 'text' } },
  { table: 'revocations', by: 'until', key: { revocation_no: 'bigint' } },
];
