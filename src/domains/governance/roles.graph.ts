import type { ObjectRef } from '@pothos/core';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  float,
  id,
  int,
  named,
  nullable,
  string,
  stringList,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription, type GaugeValue } from '../../graph/gauge-subscription.ts';
import { loader } from '../../graph/loaders.ts';
import { nodeType } from '../../graph/node.ts';
import { hierarchyKey, rolesChanged, type RoleHierarchy as Hierarchy, type RoleRecord } from './events.ts';
import { permissionsOf, readMembers, readRoles, type MemberRecord, type Permission } from './store.ts';

/** Reads all roles with one statement: there are tens of them, not thousands. */
const everyRole = loader(
  async ({ db }, _keys: readonly 'all'[]) => new Map([['all' as const, await readRoles(db)]]),
);

const membersOf = loader(async ({ db }, roleIds: readonly string[]) => {
  const members = new Map<string, MemberRecord[]>(roleIds.map((roleId) => [roleId, []]));
  for (const member of await readMembers(db, roleIds)) members.get(member.roleId)?.push(member);
  return members;
});

/** The role comes first, after its length, so that no two memberships have the same key. */
function memberKey({ roleId, actorId }: MemberRecord): string {
  return `${roleId.length}:${roleId}${actorId}`;
}

function roleIdIn(key: string): string {
  const start = key.indexOf(':') + 1;
  return key.slice(start, start + Number.parseInt(key, 10));
}

export const Role: ObjectRef<GraphTypes, RoleRecord> = nodeType<RoleRecord>('Role', {
  description: 'A role: the capabilities that its members have on this server. Source: the table roles.',
  key: ({ roleId }) => roleId,
  load: async (_keys, context) => new Map((await rolesIn(context)).map((role) => [role.roleId, role])),
  fields: (t) => ({
    ...exposedFields(t, {
      description: nullable.string('The purpose of the role. Null if none was given.'),
      capabilities: stringList('The capabilities that the role has itself, without inherited ones.'),
      trustLevel: float('Trust in the members, 0 to 1. Does not affect access.'),
      memberCount: int('Number of members, without those of other roles that inherit from it.'),
    }),
    roleId: t.exposeID('roleId', { description: 'Identifies the role. Chosen when the role was created.' }),
    name: t.exposeString('roleName', { description: 'Display name.' }),
    parentId: t.exposeID('parentRole', {
      nullable: true,
      description: 'The id of the role from which this role inherits capabilities. Null if there is none.',
    }),
    parent: t.field({
      type: Role,
      nullable: true,
      description: 'The role from which this role inherits capabilities. Null if there is none.',
      resolve: async (role, _args, context) =>
        (await rolesIn(context)).find(({ roleId }) => roleId === role.parentRole),
    }),
    permissions: t.field({
      type: [PermissionType],
      description: 'The capabilities of the role, own and inherited, each with the role that grants it.',
      resolve: async (role, _args, context) => permissionsOf(role.roleId, await rolesIn(context)),
    }),
    children: t.field({
      type: [Role],
      description: 'The roles that inherit directly from this role, by id.',
      resolve: async (role, _args, context) =>
        (await rolesIn(context)).filter(({ parentRole }) => parentRole === role.roleId),
    }),
    memberIds: t.idList({
      description:
        'Subjects of all members, in order, without those of other roles that inherit from it, for clients that need the whole list, as an old system does. `members` returns them in pages.',
      resolve: async (role, _args, context) =>
        ((await membersOf(context).load(role.roleId)) ?? []).map(({ actorId }) => actorId),
    }),
  }),
});

export const PermissionType = builder.objectRef<Permission>('Permission').implement({
  description: 'A capability of a role, and the role that grants it.',
  fields: (t) =>
    exposedFields(t, {
      capability: string('`read`, `write`, `execute`, `delete`, `manage`, or a name for other programs.'),
      sourceRoleId: id('The role that grants it.'),
      inherited: boolean('Whether an ancestor of the role grants it.'),
    }),
});

export const Member = nodeType<MemberRecord>('RoleMember', {
  description: 'The membership of a subject in a role. Source: the table role_members.',
  key: memberKey,
  load: findMembers,
  fields: (t) =>
    exposedFields(t, {
      actorId: named('subject', id('The member: the subject of its credentials.')),
      roleId: id('Identifies the assigned role.'),
      assignedAt: dateTime('When the role was assigned.'),
      assignedBy: id('Subject of the credential that assigned the role.'),
    }),
});

async function findMembers(
  keys: readonly string[],
  { db }: GraphContext,
): Promise<ReadonlyMap<string, MemberRecord>> {
  const members = await readMembers(db, [...new Set(keys.map(roleIdIn))]);
  return new Map(members.map((member) => [memberKey(member), member]));
}

/** All roles, parents before children. */
export async function rolesIn(context: Parameters<typeof everyRole>[0]): Promise<readonly RoleRecord[]> {
  return (await everyRole(context).load('all')) ?? [];
}

builder.queryField('roles', (t) =>
  t.field({
    type: [Role],
    requires: 'read',
    description: 'Returns all roles, parents before children, then by id.',
    resolve: async (_root, _args, context) => [...(await rolesIn(context))],
  }),
);

builder.queryField('role', (t) =>
  t.field({
    type: Role,
    nullable: true,
    requires: 'read',
    description: 'Returns one role. Null if it does not exist.',
    args: { roleId: t.arg.id({ required: true, description: 'Identifies the role, such as `admin`.' }) },
    resolve: async (_root, args, context) =>
      (await rolesIn(context)).find(({ roleId }) => roleId === args.roleId),
  }),
);

const RoleHierarchy = builder.objectRef<GaugeValue<Hierarchy>>('RoleHierarchy').implement({
  description: 'All roles at an instant.',
  fields: (t) => ({
    roles: t.field({
      type: [Role],
      description: 'All roles, parents before children, then by id.',
      resolve: (entry) => [...entry.payload.roles],
    }),
    changedAt: t.expose('occurredAt', {
      type: 'DateTime',
      description: 'When the roles were read after the last change.',
    }),
  }),
});

gaugeSubscription('roleHierarchy', {
  type: RoleHierarchy,
  topic: rolesChanged,
  description: 'All roles, after each change of roles or members.',
  keys: () => [hierarchyKey],
  resolve: (value) => value,
});
