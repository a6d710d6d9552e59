import { sql, type Generated, type Kysely } from 'kysely';
import { createOpaque, createTokenId, digestOf } from '../../auth/opaque.ts';
import type { Database } from '../../db/database.ts';
import { firstPage, keysetList, type KeysetList } from '../../db/keyset-list.ts';
import { indexedIf, unindexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { snakeKeys } from '../../lib/case-keys.ts';

declare module '../../db/database.ts' {
  interface Database {
    tokens: TokensTable;
    revocations: RevocationsTable;
  }
}

export type TokenKind = 'API' | 'SESSION';

/** Tokens and sessions that this server issued. Rows are never changed. */
interface TokensTable {
  token_id: string;
  kind: TokenKind;
  /** SHA-256 of the secret. */
  digest: Buffer;
  subject: string;
  role: string;
  name: string | null;
  /** The credential with which a session was started. */
  parent_id: string | null;
  created_at: Generated<Date>;
  created_by: string;
  expires_at: Date | null;
}

interface RevocationsTable {
  /** Increases in commit order. */
  revocation_no: Generated<number>;
  /** As `targetOf` returns it. */
  target: string;
  revoked_at: Generated<Date>;
  revoked_by: string;
  /** When the revoked credential expires; null: unknown, or several credentials. */
  until: Date | null;
}

type Db = Kysely<Database>;

/** The target of a revocation: a credential, or everything that was issued to a subject. */
export function targetOf(by: 'id' | 'subject', name: string): string {
  return `${by} ${name}`;
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
  /** When the token, its parent, or everything of its subject was revoked; null: not revoked. */
  readonly revokedAt: Date | null;
}

export interface IssuedToken extends TokenRecord {
  /** Exists only here: the table contains its digest. */
  readonly secret: string;
}

/** Creates a token or a session with a new id and secret. */
export async function issueToken(
  db: Db,
  token: Omit<TokenRecord, 'id' | 'createdAt' | 'revokedAt'>,
): Promise<IssuedToken> {
  const secret = createOpaque();
  const id = createTokenId(token.kind === 'API' ? 'tok' : 'ses');
  const { createdAt } = await db
    .insertInto('tokens')
    .values({ ...snakeKeys(token), token_id: id, digest: digestOf(secret) })
    .returning('created_at as createdAt')
    .executeTakeFirstOrThrow();
  return { ...token, id, createdAt, revokedAt: null, secret };
}

export function findToken(db: Db, digest: Buffer): Promise<TokenRecord | undefined> {
  return records(db).where('digest', '=', digest).executeTakeFirst();
}

export interface TokenFilter {
  readonly subject?: string | null | undefined;
  readonly roleId?: string | null | undefined;
  readonly kinds?: readonly TokenKind[] | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

const rows = keysetList({
  table: 'tokens',
  at: 'created_at',
  id: 'token_id',
  filter: ({ subject, roleId, kinds, since, until }: TokenFilter) => ({
    conditions: [
      ...indexedIf('subject', subject),
      ...indexedIf('role', roleId),
      ...unindexedIf('kind', kinds),
    ],
    since,
    until,
  }),
});

const readAll: KeysetList<TokenFilter, TokenRecord>['readAll'] = async (db, requests) => {
  const pages = await rows.readAll(db, requests);
  const ids = pages.flatMap((page) => page.rows.map((row) => row.token_id));
  const tokens = byId(await recordsOf(db, ids));
  return pages.map((page) => ({ ...page, rows: page.rows.flatMap((row) => tokens.get(row.token_id) ?? []) }));
};

export const tokenList: KeysetList<TokenFilter, TokenRecord> = {
  ...rows,
  keyOf: ({ createdAt, id }) => ({ at: createdAt, id }),
  findAll: async (db, ids) => byId(await recordsOf(db, ids)),
  readAll,
  read: (db, filter, page) => firstPage(readAll(db, [{ filter, page }])),
};

function recordsOf(db: Db, ids: readonly string[]): Promise<readonly TokenRecord[]> {
  return records(db)
    .where(sql<boolean>`token_id = any(${ids}::text[])`)
    .execute();
}

function byId(tokens: readonly TokenRecord[]): ReadonlyMap<string, TokenRecord> {
  return new Map(tokens.map((token) => [token.id, token]));
}

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

const revocationColumns = ['revocation_no as no', 'target', 'revoked_at as revokedAt', 'until'] as const;

export type RevocationRecord = Awaited<ReturnType<typeof storeRevocation>>;

/** Revokes a target. A repeated revocation of a subject also applies to what was issued since the last one. */
export function storeRevocation(
  db: Db,
  { target, by, until }: { readonly target: string; readonly by: string; readonly until: Date | null },
) {
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
    .returning(revocationColumns)
    .executeTakeFirstOrThrow();
}

/** Revocations with greater numbers, in order, except those of expired credentials. */
export function readRevocations(db: Db, afterNo: number): Promise<readonly RevocationRecord[]> {
  return db
    .selectFrom('revocations')
    .select(revocationColumns)
    .where('revocation_no', '>', afterNo)
    .where(sql<boolean>`until is null or until > now()`)
    .orderBy('revocation_no')
    .execute();
}

/** Expired tokens, and revocations of expired credentials. */
export const retainedTokens: readonly Retained[] = [
  { table: 'tokens', by: 'expires_at', key: { token_id: 'text' } },
  { table: 'revocations', by: 'until', key: { revocation_no: 'bigint' } },
];
