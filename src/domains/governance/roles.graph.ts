import type { Kysely } from 'kysely';
import { rolesIn as rolesInClaim } from '../../auth/role-claim.ts';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  float,
  id,
  int,
  nullable,
  string,
  stringList,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription, type GaugeValue } from '../../graph/gauge-subscription.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { loader } from '../../graph/loaders.ts';
import { hierarchyKey, rolesChanged, type RoleHierarchy as Hierarchy, type RoleRecord } from './events.ts';
import {
  hasStoredToken,
  isOfJwt,
  permissionsOf,
  readMembers,
  readRoles,
  revokedAmong,
  type MemberRecord,
  type Permission,
} from './store.ts';

/** One statement for all roles an execution touches: there are tens of them, not thousands. */
const everyRole = loader(
  async ({ db }, _keys: readonly 'all'[]) => new Map([['all' as const, await readRoles(db)]]),
);

const membersOf = loader(async ({ db }, roleIds: readonly string[]) => {
  const members = new Map<string, MemberRecord[]>(roleIds.map((roleId) => [roleId, []]));
  for (const member of await readMembers(db, roleIds)) members.get(member.roleId)?.push(member);
  return members;
});

export const Role = builder.objectRef<RoleRecord>('Role');

builder.objectType(Role, {
  description: 'A role of the governance: what its members may do on this server.',
  fields: (t) => ({
    ...exposedFields(t, {
      description: nullable.string('What it is for.'),
      capabilities: stringList('Its own capabilities, without inherited ones.'),
      trustLevel: float('0 to 1.'),
      memberCount: int('Direct members.'),
    }),
    id: t.exposeID('roleId', { description: 'The role_id, chosen by whoever made it.' }),
    name: t.exposeString('roleName', { description: 'For people.' }),
    parentId: t.exposeID('parentRole', { nullable: true, description: 'The role it inherits from.' }),
    parent: t.field({
      type: Role,
      nullable: true,
      description: 'The role it inherits from.',
      resolve: async (role, _args, context) =>
        (await rolesIn(context)).find(({ roleId }) => roleId === role.parentRole),
    }),
    permissions: t.field({
      type: [PermissionType],
      description: 'Own and inherited capabilities, each with the role that grants it.',
      resolve: async (role, _args, context) => permissionsOf(role.roleId, await rolesIn(context)),
    }),
    members: t.field({
      type: [Member],
      description: 'Direct members, by actor.',
      resolve: async (role, _args, context) => (await membersOf(context).load(role.roleId)) ?? [],
    }),
  }),
});

const PermissionType = builder.objectRef<Permission>('Permission').implement({
  description: 'A capability and where it comes from.',
  fields: (t) =>
    exposedFields(t, {
      capability: string('`read`, `write`, `execute`, `delete`, `manage`, or a name of your own.'),
      sourceRole: id('The role that grants it.'),
      inherited: boolean('It comes from an ancestor.'),
    }),
});

const Member = builder.objectRef<MemberRecord>('RoleMember').implement({
  description: 'Somebody who holds a role.',
  fields: (t) =>
    exposedFields(t, {
      actorId: id('The subject of a credential.'),
      roleId: id('The role held.'),
      assignedAt: dateTime('Since when.'),
      assignedBy: string('Who assigned it.'),
    }),
});

/** All roles, parents before children. */
export async function rolesIn(context: Parameters<typeof everyRole>[0]): Promise<readonly RoleRecord[]> {
  return (await everyRole(context).load('all')) ?? [];
}

builder.queryField('roles', (t) =>
  t.field({
    type: [Role],
    requires: 'read',
    description: 'All roles, parents before children, then by id. Source: the governance tables.',
    resolve: async (_root, _args, context) => [...(await rolesIn(context))],
  }),
);

builder.queryField('role', (t) =>
  t.field({
    type: Role,
    nullable: true,
    requires: 'read',
    description: 'One role, or null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'The role_id.' }) },
    resolve: async (_root, { id }, context) => (await rolesIn(context)).find(({ roleId }) => roleId === id),
  }),
);

const RoleHierarchy = builder.objectRef<GaugeValue<Hierarchy>>('RoleHierarchy').implement({
  description: 'All roles at one moment.',
  fields: (t) => ({
    roles: t.field({
      type: [Role],
      description: 'Parents before children, then by id.',
      resolve: (entry) => [...entry.payload.roles],
    }),
    changedAt: t.expose('occurredAt', {
      type: 'DateTime',
      description: 'When this state was read, right after the change.',
    }),
  }),
});

gaugeSubscription('roleHierarchy', {
  type: RoleHierarchy,
  topic: rolesChanged,
  description: 'The role hierarchy now, and again after every change of roles or members.',
  keys: () => [hierarchyKey],
  resolve: (value) => value,
});

/**
 * Refuses a change after which nobody who can show a credential could manage roles, members and tokens. To be asked in
 * the transaction of the change, after it.
 * @param field the argument that asks for the change.
 * @throws InvalidInput
 */
export async function requireManageable(
  db: Kysely<Database>,
  context: Pick<GraphContext, 'viewer' | 'serverInfo'>,
  field: string,
): Promise<void> {
  if (context.serverInfo.access.isOpen || (await isManageable(db, context))) return;
  throw new InvalidInput(field, 'such that a credential with the capability `manage` remains');
}

async function isManageable(
  db: Kysely<Database>,
  { viewer, serverInfo: { access } }: Pick<GraphContext, 'viewer' | 'serverInfo'>,
): Promise<boolean> {
  const all = await readRoles(db);
  const manages = ({ roleId }: { roleId: string }): boolean =>
    permissionsOf(roleId, all).some(({ capability }) => capability === 'manage');
  const roles = new Set(all.filter(manages).map(({ roleId }) => roleId));
  if (roles.size === 0) return false;
  const subjects = new Set((await readMembers(db, [...roles])).map(({ actorId }) => actorId));
  if (access.acceptsJwts) {
    if (subjects.size > 0) return true;
    const named = rolesInClaim(viewer.role ?? '').some((role) => roles.has(role));
    if (named && (await isOfJwt(db, viewer.credential?.id ?? null))) return true; // its issuer can issue another one
  }
  const keys = access.keys.filter(({ subject, role }) => roles.has(role) || subjects.has(subject));
  const revoked = await revokedAmong(
    db,
    keys.map(({ id }) => id),
  );
  if (keys.some(({ id }) => !revoked.has(id))) return true;
  return hasStoredToken(db, { roles: [...roles], subjects: [...subjects] });
}
