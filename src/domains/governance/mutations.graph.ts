import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { ownAudit, type RoleRecord } from './events.ts';
import { closesCircle, addMember, readRoles, removeMember, removeRole, rolesOf, storeRole } from './store.ts';
import { requireManageable, Role } from './roles.graph.ts';

/** What every mutation of a role answers with. */
const roleResult = {
  types: [InvalidInput, NotFound],
  dataField: { name: 'role', description: 'The role as it is now; after deleting, as it was.' },
};

const RoleInput = builder.inputType('RoleInput', {
  description: 'A role as it shall be. What is left out stays as it is, or takes its default in a new role.',
  fields: (t) => ({
    id: t.id({ required: true, description: '1 to 64 of letters, digits, `_`, `-`, `.`, `:`.' }),
    name: t.string({ bounds: { chars: [1, 200] }, description: 'For people. Default: the id.' }),
    description: t.string({ bounds: { chars: 2_000 }, description: 'What it is for; null removes it.' }),
    parentId: t.id({ description: 'The role it inherits from; null: none.' }),
    capabilities: t.stringList({
      bounds: { items: 64, chars: [1, 64] },
      description: 'Names of letters, digits, `_`, `-`, `.`, `:`. Default: none.',
    }),
    trustLevel: t.float({ description: '0 to 1. Default: 0.5.' }),
  }),
});

function roleAsGiven(
  input: typeof RoleInput.$inferInput,
  before: RoleRecord | undefined,
  roles: readonly RoleRecord[],
): Omit<RoleRecord, 'memberCount'> {
  const roleId = input.id;
  if (!/^[\w.:-]{1,64}$/.test(roleId))
    throw new InvalidInput('id', '1 to 64 of letters, digits, _, -, . and :');
  const roleName = input.name ?? before?.roleName ?? roleId;
  const parentRole = input.parentId === undefined ? (before?.parentRole ?? null) : (input.parentId ?? null);
  if (parentRole !== null && !roles.some((role) => role.roleId === parentRole))
    throw new NotFound('role', parentRole);
  if (closesCircle(roleId, parentRole, roles))
    throw new InvalidInput('parentId', 'a role that does not inherit from this one');
  const capabilities = [...new Set(input.capabilities ?? before?.capabilities ?? [])];
  if (capabilities.some((name) => !/^[\w.:-]+$/.test(name)))
    throw new InvalidInput('capabilities', 'names of letters, digits, _, -, . and :');
  const trustLevel = input.trustLevel ?? before?.trustLevel ?? 0.5;
  if (!(trustLevel >= 0 && trustLevel <= 1)) throw new InvalidInput('trustLevel', 'a number from 0 to 1');
  const description =
    input.description === undefined ? (before?.description ?? null) : (input.description ?? null);
  return { roleId, roleName, description, parentRole, capabilities, trustLevel };
}

builder.mutationField('upsertRole', (t) =>
  t.field({
    type: Role,
    requires: 'manage',
    description:
      'Makes a role or changes it. Audited as `role_created` or `role_updated` with the state before and after.',
    args: { input: t.arg({ type: RoleInput, required: true, description: 'The role as it shall be.' }) },
    errors: roleResult,
    resolve: async (_root, { input }, { journal, viewer, serverInfo }) => {
      const { value } = await journal.log.transact(async (db) => {
        const roles = await readRoles(db);
        const before = roles.find(({ roleId }) => roleId === input.id);
        const role = roleAsGiven(input, before, roles);
        await storeRole(db, role);
        await requireManageable(db, { viewer, serverInfo }, 'capabilities');
        const type = before === undefined ? 'role_created' : 'role_updated';
        const action = before === undefined ? 'created role' : 'updated role';
        const { memberCount = 0, ...was } = before ?? {};
        const details = JSON.stringify({ before: before === undefined ? null : was, after: role });
        const draft = ownAudit(type, viewer.subject, {
          targetId: role.roleId,
          role: role.roleId,
          action,
          details,
        });
        return { value: { ...role, memberCount }, drafts: [draft] };
      });
      return value;
    },
  }),
);

builder.mutationField('deleteRole', (t) =>
  t.field({
    type: Role,
    requires: 'manage',
    description:
      'Deletes a role that no other role inherits from; its members lose it. Answers with the role as it was. Audited ' +
      'as `role_deleted`.',
    args: { id: t.arg.id({ required: true, description: 'The role_id.' }) },
    errors: roleResult,
    resolve: async (_root, { id }, { journal, viewer, serverInfo }) => {
      const { value } = await journal.log.transact(async (db) => {
        const roles = await readRoles(db);
        const role = roles.find(({ roleId }) => roleId === id);
        if (role === undefined) throw new NotFound('role', id);
        if (roles.some(({ parentRole }) => parentRole === id))
          throw new InvalidInput('id', 'a role that no other role inherits from');
        await removeRole(db, id);
        await requireManageable(db, { viewer, serverInfo }, 'id');
        const { memberCount, ...before } = role;
        const details = JSON.stringify({ before, after: null, membersLost: memberCount });
        const draft = ownAudit('role_deleted', viewer.subject, {
          targetId: id,
          role: id,
          action: 'deleted role',
          details,
        });
        return { value: role, drafts: [draft] };
      });
      return value;
    },
  }),
);

interface MembershipChange {
  readonly type: 'role_assignment' | 'role_revocation';
  readonly action: string;
  /** Members that the role has more. */
  readonly step: 1 | -1;
  readonly apply: (db: Kysely<Database>, roleId: string, actorId: string, by: string) => Promise<boolean>;
}

const assignment: MembershipChange = {
  type: 'role_assignment',
  action: 'assigned role',
  step: 1,
  apply: addMember,
};

const revocation: MembershipChange = {
  type: 'role_revocation',
  action: 'revoked role',
  step: -1,
  apply: removeMember,
};

/** Changes who holds a role and audits it; what is so already is neither changed nor audited. */
async function changeMembership(
  change: MembershipChange,
  { roleId, actorId }: { readonly roleId: string; readonly actorId: string },
  { journal, viewer, serverInfo }: GraphContext,
): Promise<RoleRecord> {
  const { value } = await journal.log.transact(async (db) => {
    const role = (await readRoles(db)).find((one) => one.roleId === roleId);
    if (role === undefined) throw new NotFound('role', roleId);
    const before = await rolesOf(db, actorId);
    const changed = await change.apply(db, roleId, actorId, viewer.subject);
    if (!changed) return { value: role, drafts: [] };
    if (change.step < 0) await requireManageable(db, { viewer, serverInfo }, 'actorId');
    const after = await rolesOf(db, actorId);
    const draft = ownAudit(change.type, viewer.subject, {
      targetId: actorId,
      role: roleId,
      action: change.action,
      details: JSON.stringify({ before, after }),
    });
    return { value: { ...role, memberCount: role.memberCount + change.step }, drafts: [draft] };
  });
  return value;
}

builder.mutationField('assignRole', (t) =>
  t.field({
    type: Role,
    requires: 'manage',
    description:
      'Makes an actor a member of a role. Audited as `role_assignment` with their roles before and after; assigning again changes and audits nothing.',
    args: {
      roleId: t.arg.id({ required: true, description: 'The role_id.' }),
      actorId: t.arg.id({
        required: true,
        bounds: { chars: [1, 256] },
        description: 'The subject of a credential.',
      }),
    },
    errors: roleResult,
    resolve: (_root, membership, context) => changeMembership(assignment, membership, context),
  }),
);

builder.mutationField('revokeRole', (t) =>
  t.field({
    type: Role,
    requires: 'manage',
    description:
      'Ends an actor’s membership. Audited as `role_revocation` with their roles before and after; revoking what is not held changes and audits nothing.',
    args: {
      roleId: t.arg.id({ required: true, description: 'The role_id.' }),
      actorId: t.arg.id({ required: true, bounds: { chars: [1, 256] }, description: 'The member.' }),
    },
    errors: roleResult,
    resolve: (_root, membership, context) => changeMembership(revocation, membership, context),
  }),
);
