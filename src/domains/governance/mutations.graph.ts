import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import type { Draft } from '../../journal/topic.ts';
import { capitalized } from '../../lib/camel-case.ts';
import { ownAudit, type RoleRecord } from './events.ts';
import { requireManageable } from './manageable.graph.ts';
import { Role } from './roles.graph.ts';
import {
  addMember,
  wouldBeCyclic,
  readRoles,
  removeMember,
  removeRole,
  rolesOf,
  storeRole,
} from './store.ts';

const roleResult = {
  types: [InvalidInput, NotFound],
  dataField: { name: 'role', description: 'The role after the change; of `deleteRole`, the role before it.' },
};

const nameRule = 'letters, digits, `_`, `-`, `.` and `:`';

const UpsertRoleInput = builder.inputType('UpsertRoleInput', {
  description: 'A role. Absent fields do not change, or have their default in a new role.',
  fields: (t) => ({
    roleId: t.id({ required: true, description: `Identifies the role: 1 to 64 ${nameRule}.` }),
    name: t.string({ bounds: { chars: [1, 200] }, description: 'Display name. Default: the id.' }),
    description: t.string({
      bounds: { chars: 2_000 },
      description: 'The purpose of the role. Null removes it.',
    }),
    parentId: t.id({ description: 'The role from which this role inherits capabilities. Null: none.' }),
    capabilities: t.stringList({
      bounds: { items: 64, chars: [1, 64] },
      description: `Names that consist of ${nameRule}. Default: none.`,
    }),
    trustLevel: t.float({
      description: 'Trust in the members, 0 to 1. Default: 0.5. Does not affect access.',
    }),
  }),
});

/** @throws InvalidInput, NotFound for an unknown parent */
function validRole(
  { roleId, name, description, parentId, capabilities, trustLevel }: typeof UpsertRoleInput.$inferInput,
  before: RoleRecord | undefined,
  roles: readonly RoleRecord[],
): Omit<RoleRecord, 'memberCount'> {
  const role = {
    roleId,
    roleName: name ?? before?.roleName ?? roleId,
    description: (description === undefined ? before?.description : description) ?? null,
    parentRole: (parentId === undefined ? before?.parentRole : parentId) ?? null,
    capabilities: [...new Set(capabilities ?? before?.capabilities ?? [])],
    trustLevel: trustLevel ?? before?.trustLevel ?? 0.5,
  };
  const { parentRole } = role;
  if (!/^[\w.:-]{1,64}$/.test(roleId))
    throw new InvalidInput('roleId', '1 to 64 letters, digits, _, -, . and :');
  if (parentRole !== null && !roles.some((other) => other.roleId === parentRole))
    throw new NotFound('role', parentRole);
  if (wouldBeCyclic(roleId, parentRole, roles))
    throw new InvalidInput('parentId', 'a role that does not inherit from this one');
  if (role.capabilities.some((capability) => !/^[\w.:-]+$/.test(capability)))
    throw new InvalidInput('capabilities', 'names of letters, digits, _, -, . and :');
  if (!(role.trustLevel >= 0 && role.trustLevel <= 1))
    throw new InvalidInput('trustLevel', 'a number from 0 to 1');
  return role;
}

interface RoleChange {
  /** The result of the mutation. */
  readonly role: RoleRecord;
  /** Null: nothing has changed. */
  readonly audit: Draft | null;
  /** The argument that an error of `requireManageable` names. Null: the change cannot revoke a capability. */
  readonly checked: string | null;
}

/** Runs a change of roles, and stores its audit entry in the same transaction. */
async function transactRoles(
  { journal, viewer, serverInfo }: GraphContext,
  change: (db: Kysely<Database>, roles: readonly RoleRecord[]) => Promise<RoleChange>,
): Promise<RoleRecord> {
  const { value } = await journal.log.transact(async (db) => {
    const { role, audit, checked } = await change(db, await readRoles(db));
    if (checked !== null) await requireManageable(db, { viewer, serverInfo }, checked);
    return { value: role, drafts: audit === null ? [] : [audit] };
  });
  return value;
}

function existing(id: string, roles: readonly RoleRecord[]): RoleRecord {
  const role = roles.find(({ roleId }) => roleId === id);
  if (role === undefined) throw new NotFound('role', id);
  return role;
}

builder.mutationField('upsertRole', (t) =>
  t.field({
    type: Role,
    requires: 'manage',
    description:
      'Creates or changes a role. Audited as `role_created` or `role_updated` with the role before and after the change.',
    args: { input: t.arg({ type: UpsertRoleInput, required: true, description: 'The values to store.' }) },
    errors: roleResult,
    resolve: (_root, { input }, context) =>
      transactRoles(context, async (db, roles) => {
        const before = roles.find(({ roleId }) => roleId === input.roleId);
        const role = validRole(input, before, roles);
        await storeRole(db, role);
        const { memberCount = 0, ...was } = before ?? {};
        const audit = ownAudit(before ? 'role_updated' : 'role_created', context.viewer.subject, {
          targetId: role.roleId,
          role: role.roleId,
          action: before ? 'updated role' : 'created role',
          details: JSON.stringify({ before: before ? was : null, after: role }),
        });
        return { role: { ...role, memberCount }, audit, checked: 'capabilities' };
      }),
  }),
);

const DeleteRoleInput = builder.inputType('DeleteRoleInput', {
  description: 'Selects one role.',
  fields: (t) => ({ roleId: t.id({ required: true, description: 'Identifies the role.' }) }),
});

builder.mutationField('deleteRole', (t) =>
  t.field({
    type: Role,
    requires: 'manage',
    description:
      'Deletes a role and its memberships. Fails if another role inherits from it. Audited as `role_deleted`.',
    args: { input: t.arg({ type: DeleteRoleInput, required: true, description: 'Selects the role.' }) },
    errors: roleResult,
    resolve: (_root, { input: { roleId } }, context) =>
      transactRoles(context, async (db, roles) => {
        const role = existing(roleId, roles);
        if (roles.some(({ parentRole }) => parentRole === roleId))
          throw new InvalidInput('roleId', 'a role that no other role inherits from');
        await removeRole(db, roleId);
        const { memberCount, ...before } = role;
        const audit = ownAudit('role_deleted', context.viewer.subject, {
          targetId: roleId,
          role: roleId,
          action: 'deleted role',
          details: JSON.stringify({ before, after: null, membersLost: memberCount }),
        });
        return { role, audit, checked: 'roleId' };
      }),
  }),
);

interface MembershipMutation {
  readonly description: string;
  readonly subjectDescription: string;
  readonly audit: 'role_assignment' | 'role_revocation';
  readonly action: string;
  /** How the number of members changes. */
  readonly step: 1 | -1;
  /** @returns whether anything has changed. */
  readonly apply: (db: Kysely<Database>, roleId: string, subject: string, by: string) => Promise<boolean>;
}

membershipMutation('assignRole', {
  description:
    'Makes a subject a member of a role. Assigning a role again changes nothing. Audited as `role_assignment` with the ' +
    'roles of the subject before and after the change.',
  subjectDescription: 'The new member: the subject of its credentials.',
  audit: 'role_assignment',
  action: 'assigned role',
  step: 1,
  apply: addMember,
});

membershipMutation('revokeRole', {
  description:
    'Ends the membership of a subject in a role. Changes nothing if the subject is not a member. Audited as ' +
    '`role_revocation` with the roles of the subject before and after the change.',
  subjectDescription: 'The member: the subject of its credentials.',
  audit: 'role_revocation',
  action: 'revoked role',
  step: -1,
  apply: removeMember,
});

function membershipMutation(name: string, mutation: MembershipMutation): void {
  const { description, subjectDescription, audit: type, action, step, apply } = mutation;
  const input = builder.inputType(`${capitalized(name)}Input`, {
    description: 'A role and a subject.',
    fields: (t) => ({
      roleId: t.id({ required: true, description: 'Identifies an existing role.' }),
      subject: t.id({ required: true, bounds: { chars: [1, 256] }, description: subjectDescription }),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: Role,
      requires: 'manage',
      description,
      args: { input: t.arg({ type: input, required: true, description: 'The role and the subject.' }) },
      errors: roleResult,
      resolve: (_root, { input: { roleId, subject } }, context) =>
        transactRoles(context, async (db, roles) => {
          const role = existing(roleId, roles);
          const { viewer } = context;
          const before = await rolesOf(db, subject);
          if (!(await apply(db, roleId, subject, viewer.subject)))
            return { role, audit: null, checked: null };
          const details = JSON.stringify({ before, after: await rolesOf(db, subject) });
          const audit = ownAudit(type, viewer.subject, { targetId: subject, role: roleId, action, details });
          const changed = { ...role, memberCount: role.memberCount + step };
          return { role: changed, audit, checked: step < 0 ? 'subject' : null };
        }),
    }),
  );
}
