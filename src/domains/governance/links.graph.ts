import { builder } from '../../graph/builder.ts';
import { listConnection } from '../../graph/keyset-connection.ts';
import { connectionLink, nodeLink } from '../../graph/links.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { camelKeys } from '../../lib/case-keys.ts';
import { auditLogs } from './audit.graph.ts';
import { ViewerType } from '../server/graph.ts';
import { Member, PermissionType, Role } from './roles.graph.ts';
import { memberList } from './store.ts';

nodeLink(Member, 'role', {
  to: Role,
  description: 'The assigned role.',
  key: ({ roleId }) => roleId,
});

nodeLink(PermissionType, 'sourceRole', {
  to: Role,
  description: 'The role that grants the capability.',
  key: ({ sourceRoleId }) => sourceRoleId,
});

nodeLink(ViewerType, 'role', {
  to: Role,
  description: 'The role in the credential. Null without a credential, or if the role does not exist.',
  key: ({ role }) => role,
});

const RoleMemberFilter = builder.inputType('RoleMemberFilter', {
  description: 'Selects memberships that match all given conditions.',
  fields: (t) => ({
    roleId: t.id({ description: 'Only members of this role. Omitted in `Role.members`.' }),
    subject: t.id({ description: 'Only the membership of this subject of credentials.' }),
    ...timeRangeFields(t, 'memberships that were assigned'),
  }),
});

const members = listConnection('members', {
  name: 'RoleMember',
  type: Member,
  list: memberList,
  node: camelKeys,
  page: 'A page of the members of a role.',
  edge: 'A membership and its cursor.',
  totalCount: 'Number of members of the role that match the filter.',
  filterInput: RoleMemberFilter,
  followedBy: 'auditEvents',
});

connectionLink(Role, 'members', members, {
  description:
    'Members, the most recently assigned first, without those of other roles that inherit from it.',
  of: ({ roleId }) => ({ roleId }),
});

connectionLink(Role, 'events', auditLogs, {
  description:
    'The entries of the audit log that concern the role, most recent first: changes of the role and of its members, and of ' +
    'tokens and sessions with the role. Source: the table audit_log.',
  of: ({ roleId }) => ({ roleId }),
});
