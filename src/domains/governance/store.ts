import { sql, type Generated, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf, unindexedIf } from '../../db/list-conditions.ts';
import { camelKeys, snakeKeys } from '../../lib/case-keys.ts';
import type { RoleRecord } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    roles: RolesTable;
    role_members: RoleMembersTable;
  }
}

export interface RolesTable {
  role_id: string;
  role_name: string;
  description: string | null;
  parent_role: string | null;
  capabilities: string[];
  trust_level: number;
  updated_at: Generated<Date>;
}

export interface RoleMembersTable {
  role_id: string;
  actor_id: string;
  assigned_at: Generated<Date>;
  assigned_by: string;
}

type Db = Kysely<Database>;

/** All roles, parents before children, then by id. */
export async function readRoles(db: Db): Promise<readonly RoleRecord[]> {
  const rows = await db
    .selectFrom('roles')
    .select((eb) => [
      'role_id',
      'role_name',
      'description',
      'parent_role',
      'capabilities',
      'trust_level',
      eb
        .selectFrom('role_members')
        .whereRef('role_members.role_id', '=', 'roles.role_id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('member_count'),
    ])
    .orderBy('role_id')
    .execute();
  return parentsFirst(rows.map((row) => ({ ...camelKeys(row), memberCount: row.member_count ?? 0 })));
}

/** Orders roles by generation, then by id. */
function parentsFirst(roles: readonly RoleRecord[]): readonly RoleRecord[] {
  const byId = new Map(roles.map((role) => [role.roleId, role]));
  const generation = (role: RoleRecord): number => {
    let depth = 0;
    for (let at = role; at.parentRole !== null && depth <= roles.length; depth++) {
      const parent = byId.get(at.parentRole);
      if (parent === undefined) break;
      at = parent;
    }
    return depth;
  };
  return roles
    .map((role) => ({ role, depth: generation(role) }))
    .sort((a, b) => a.depth - b.depth || (a.role.roleId < b.role.roleId ? -1 : 1))
    .map(({ role }) => role);
}

export interface MemberRecord {
  readonly roleId: string;
  readonly actorId: string;
  readonly assignedAt: Date;
  readonly assignedBy: string;
}

/** Members ordered by role, then by actor. @param roleIds null: all roles. */
export async function readMembers(
  db: Db,
  roleIds: readonly string[] | null,
): Promise<readonly MemberRecord[]> {
  let query = db.selectFrom('role_members').selectAll();
  if (roleIds !== null) query = query.where('role_id', 'in', [...roleIds]);
  const rows = await query.orderBy('role_id').orderBy('actor_id').execute();
  return rows.map(camelKeys);
}

export interface MemberFilter {
  /** Subjects are unique in the list of one role. */
  readonly roleId?: string | null | undefined;
  readonly subject?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

/** The members of a role, by the time of their assignment. */
export const memberList = keysetList({
  table: 'role_members',
  at: 'assigned_at',
  id: 'actor_id',
  filter: ({ roleId, subject, since, until }: MemberFilter) => ({
    conditions: [...indexedIf('role_id', roleId), ...unindexedIf('actor_id', subject)],
    since,
    until,
  }),
});

/** Ids of the roles that an actor is a member of, in order. */
export async function rolesOf(db: Db, actorId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('role_members')
    .select('role_id')
    .where('actor_id', '=', actorId)
    .orderBy('role_id')
    .execute();
  return rows.map((row) => row.role_id);
}

export async function storeRole(db: Db, role: Omit<RoleRecord, 'memberCount'>): Promise<void> {
  const { role_id: _id, ...values } = { ...snakeKeys(role), capabilities: [...role.capabilities] };
  await db
    .insertInto('roles')
    .values({ role_id: role.roleId, ...values })
    .onConflict((conflict) => conflict.column('role_id').doUpdateSet({ ...values, updated_at: sql`now()` }))
    .execute();
}

export async function removeRole(db: Db, roleId: string): Promise<void> {
  await db.deleteFrom('roles').where('role_id', '=', roleId).execute();
}

/** @returns whether the actor was not a member before. */
export async function addMember(db: Db, roleId: string, actorId: string, by: string): Promise<boolean> {
  const added = await db
    .insertInto('role_members')
    .values({ role_id: roleId, actor_id: actorId, assigned_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns whether the actor was a member. */
export async function removeMember(db: Db, roleId: string, actorId: string): Promise<boolean> {
  const removed = await db
    .deleteFrom('role_members')
    .where('role_id', '=', roleId)
    .where('actor_id', '=', actorId)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** The ids among these that are revoked. */
export async function revokedAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select substr(target, 4) as id from revocations
    where target = any(${ids.map((id) => `id ${id}`)}::text[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Whether a valid API token has one of these subjects or roles. */
export async function hasStoredToken(
  db: Db,
  { roles, subjects }: { readonly roles: readonly string[]; readonly subjects: readonly string[] },
): Promise<boolean> {
  const { rows } = await sql<{ holds: boolean }>`
    select exists (
      select from tokens
      where kind = 'API' and (expires_at is null or expires_at > now())
        and (role = any(${roles}::text[]) or subject = any(${subjects}::text[]))
        and not exists (
          select from revocations
          where target = 'id ' || token_id or (target = 'subject ' || subject and created_at <= revoked_at)
        )
    ) as holds`.execute(db);
  return rows[0]?.holds ?? false;
}

/** Whether a credential is a JWT, or a session that was started with one. @param id null: a JWT without `jti`. */
export async function isOfJwt(db: Db, id: string | null): Promise<boolean> {
  if (id === null || id.startsWith('jwt:')) return true;
  const { rows } = await sql<{ parentId: string | null }>`
    select parent_id as "parentId" from tokens where token_id = ${id} and kind = 'SESSION'`.execute(db);
  const [session] = rows;
  return session !== undefined && (session.parentId?.startsWith('jwt:') ?? true);
}

export interface Permission {
  readonly capability: string;
  /** The role that grants it. */
  readonly sourceRoleId: string;
  readonly inherited: boolean;
}

/** The role's own capabilities, then those of its ancestors, nearest first. A capability appears once. */
export function permissionsOf(roleId: string, roles: readonly RoleRecord[]): readonly Permission[] {
  const byId = new Map(roles.map((role) => [role.roleId, role]));
  const permissions = new Map<string, Permission>();
  const visited = new Set<string>();
  for (let role = byId.get(roleId); role !== undefined && !visited.has(role.roleId);) {
    visited.add(role.roleId);
    for (const capability of role.capabilities) {
      if (permissions.has(capability)) continue;
      permissions.set(capability, {
        capability,
        sourceRoleId: role.roleId,
        inherited: role.roleId !== roleId,
      });
    }
    role = role.parentRole === null ? undefined : byId.get(role.parentRole);
  }
  return [...permissions.values()];
}

/** Whether a role would inherit from itself if `parent` became its parent. */
export function wouldBeCyclic(roleId: string, parent: string | null, roles: readonly RoleRecord[]): boolean {
  const byId = new Map(roles.map((role) => [role.roleId, role]));
  for (let at = parent, steps = 0; at !== null && steps <= roles.length; steps++) {
    if (at === roleId) return true;
    at = byId.get(at)?.parentRole ?? null;
  }
  return false;
}
