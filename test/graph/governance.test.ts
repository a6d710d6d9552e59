import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphqlClient } from '../_util/clients.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

const upsert = `mutation ($input: UpsertRoleInput!) { upsertRole(input: $input) {
  __typename ... on UpsertRoleSuccess { role { id: roleId name parentId capabilities trustLevel memberCount } }
  ... on Failure { message code } ... on InvalidInput { field allowed }
} }`;

/** What is audited of a target, newest first. */
async function auditOf(
  app: TestApp,
  targetId: string,
): Promise<{ eventType: string; actorId: string; targetId: string; details: string }[]> {
  const { data } = await app.graphql<{ auditLogs: { edges: { node: never }[] } }>(
    `query ($targetId: ID!) { auditLogs(filter: { targetId: $targetId }) {
      edges { node { eventType actorId targetId details } } } }`,
    { targetId },
  );
  return data.auditLogs.edges.map(({ node }) => node);
}

let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(quiet, { keep: true });
});
afterAll(() => shared.stop());

describe('governance', () => {
  describe('without changes', () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await startTestApp(quiet, { keep: true });
    });
    afterAll(() => app.stop());

    it('has the three roles after the first migration, parents before children', async () => {
      const { data } = await app.graphql(
        '{ roles { id: roleId name description parentId capabilities trustLevel memberCount } }',
      );
      expect(data).toEqual({
        roles: [
          {
            id: 'admin',
            name: 'Administrator',
            description: 'Full system access',
            parentId: null,
            capabilities: ['execute', 'read', 'write', 'delete', 'manage'],
            trustLevel: 1,
            memberCount: 0,
          },
          {
            id: 'user',
            name: 'User',
            description: null,
            parentId: null,
            capabilities: ['read'],
            trustLevel: 0.5,
            memberCount: 0,
          },
          {
            id: 'developer',
            name: 'Developer',
            description: 'Code execution and debugging',
            parentId: 'user',
            capabilities: ['execute', 'read', 'write', 'debug'],
            trustLevel: 0.8,
            memberCount: 0,
          },
        ],
      });
    });

    it.each([
      [{ roleId: 'no spaces' }, { field: 'roleId' }],
      [{ roleId: 'x', trustLevel: 1.5 }, { field: 'trustLevel' }],
      [{ roleId: 'x', name: '' }, { field: 'name' }],
      [{ roleId: 'x', capabilities: [''] }, { field: 'capabilities[0]' }],
      [{ roleId: 'user', parentId: 'developer' }, { field: 'parentId' }],
      [{ roleId: 'x', parentId: 'unknown' }, { code: 'NOT_FOUND' }],
    ])('rejects the role %j with a typed failure and changes nothing', async (input, failure) => {
      const { data } = await app.graphql<{ upsertRole: object }>(upsert, { input });
      expect(data.upsertRole).toMatchObject(failure);
      const log = await app.graphql('{ auditLogs { totalCount } }');
      expect(log.data).toEqual({ auditLogs: { totalCount: 0 } });
    });

    it('does not delete a role that others inherit from', async () => {
      const { data } = await app.graphql(
        'mutation { deleteRole(input: { roleId: "user" }) { ... on InvalidInput { field } } }',
      );
      expect(data).toEqual({ deleteRole: { field: 'roleId' } });
    });
  });

  it('creates, changes and deletes a role, and audits each change with the values before and after', async () => {
    const made = await shared.graphql(upsert, {
      input: { roleId: 'auditor', parentId: 'user', capabilities: ['read', 'export'] },
    });
    expect(made.data).toMatchObject({
      upsertRole: { role: { id: 'auditor', name: 'auditor', parentId: 'user', trustLevel: 0.5 } },
    });
    await shared.graphql(upsert, { input: { roleId: 'auditor', trustLevel: 0.9 } });
    const deleted = await shared.graphql(
      'mutation { deleteRole(input: { roleId: "auditor" }) { __typename ... on DeleteRoleSuccess { role { id: roleId trustLevel } } } }',
    );
    expect(deleted.data).toMatchObject({ deleteRole: { role: { id: 'auditor', trustLevel: 0.9 } } });
    const audit = await auditOf(shared, 'auditor');
    expect(audit.map(({ eventType }) => eventType)).toEqual(['role_deleted', 'role_updated', 'role_created']);
    expect(audit.every(({ actorId, targetId }) => actorId === 'anonymous' && targetId === 'auditor')).toBe(
      true,
    );
    expect(JSON.parse(audit[1]?.details ?? '')).toMatchObject({
      before: { trustLevel: 0.5 },
      after: { trustLevel: 0.9 },
    });
  });

  it('rejects changes that would leave no subject with the capability `manage`', async () => {
    const app = await startTestApp({ AUTH_TOKENS: 'a-key-of-the-admin:ada:admin' });
    const change = async (mutation: string) => {
      const admin = { 'x-api-key': 'a-key-of-the-admin' };
      return (await app.graphql<Record<string, unknown>>(`mutation { ${mutation} }`, {}, admin)).data;
    };
    const refused = (field: string) => ({ __typename: 'InvalidInput', field });
    const selection = '{ __typename ... on InvalidInput { field } }';
    expect(
      await change(`upsertRole(input: { roleId: "admin", capabilities: ["read"] }) ${selection}`),
    ).toEqual({
      upsertRole: refused('capabilities'),
    });
    expect(await change(`deleteRole(input: { roleId: "admin" }) ${selection}`)).toEqual({
      deleteRole: refused('roleId'),
    });
    await change(`upsertRole(input: { roleId: "root", capabilities: ["manage"] }) ${selection}`);
    expect(await change(`deleteRole(input: { roleId: "admin" }) ${selection}`)).toEqual({
      deleteRole: refused('roleId'),
    });
    await change(`assignRole(input: { roleId: "root", subject: "ada" }) ${selection}`);
    expect(await change(`deleteRole(input: { roleId: "admin" }) ${selection}`)).toEqual({
      deleteRole: { __typename: 'DeleteRoleSuccess' },
    });
  });

  it('assigns and revokes a role once, also if the mutation is repeated', async () => {
    const assign =
      'mutation { assignRole(input: { roleId: "admin", subject: "ann" }) { ... on AssignRoleSuccess { role { memberCount } } } }';
    const revoke =
      'mutation { revokeRole(input: { roleId: "admin", subject: "ann" }) { ... on RevokeRoleSuccess { role { memberCount } } } }';
    expect((await shared.graphql(assign)).data).toEqual({ assignRole: { role: { memberCount: 1 } } });
    expect((await shared.graphql(assign)).data).toEqual({ assignRole: { role: { memberCount: 1 } } });
    const held = await shared.graphql(
      '{ role(roleId: "admin") { memberIds members { edges { node { subject assignedBy } } } } }',
    );
    expect(held.data).toEqual({
      role: {
        memberIds: ['ann'],
        members: { edges: [{ node: { subject: 'ann', assignedBy: 'anonymous' } }] },
      },
    });
    expect((await shared.graphql(revoke)).data).toEqual({ revokeRole: { role: { memberCount: 0 } } });
    expect((await shared.graphql(revoke)).data).toEqual({ revokeRole: { role: { memberCount: 0 } } });
    const entries = await auditOf(shared, 'ann');
    expect(entries.map(({ eventType }) => eventType)).toEqual(['role_revocation', 'role_assignment']);
    expect(entries.map(({ details }) => JSON.parse(details) as unknown)).toEqual([
      { before: ['admin'], after: [] },
      { before: [], after: ['admin'] },
    ]);
  });

  it('sends the role hierarchy to a new subscriber, and after each change of roles or members', async () => {
    const client = graphqlClient(shared.wsUrl);
    const hierarchy = client.iterate<{ roleHierarchy: { roles: { id: string; memberCount: number }[] } }>({
      query: 'subscription { roleHierarchy { roles { id: roleId memberCount } } }',
    });
    const first = await hierarchy.next();
    expect(first.value?.data?.roleHierarchy.roles).toContainEqual({ id: 'developer', memberCount: 0 });
    await shared.graphql(
      'mutation { assignRole(input: { roleId: "developer", subject: "bob" }) { __typename } }',
    );
    const second = await hierarchy.next();
    expect(second.value?.data?.roleHierarchy.roles).toContainEqual({ id: 'developer', memberCount: 1 });
  });

  it('returns own and inherited permissions with the role that grants each', async () => {
    await shared.graphql(upsert, {
      input: { roleId: 'lead', parentId: 'developer', capabilities: ['manage'] },
    });
    const { data } = await shared.graphql<{
      role: { permissions: object[]; parent: { parent: { id: string } } };
    }>(
      '{ role(roleId: "lead") { permissions { capability sourceRoleId inherited } parent { parent { id: roleId } } } }',
    );
    expect(data.role.permissions).toContainEqual({
      capability: 'manage',
      sourceRoleId: 'lead',
      inherited: false,
    });
    expect(data.role.permissions).toContainEqual({
      capability: 'debug',
      sourceRoleId: 'developer',
      inherited: true,
    });
    expect(data.role.parent.parent.id).toBe('user');
  });

  it('reads any number of roles with the same number of statements', async () => {
    const client = new pg.Client(shared.database);
    await client.connect();
    const count = async (): Promise<number> => {
      const { rows } = await client.query<{ calls: number }>(
        `select coalesce(sum(calls), 0)::int as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
         where d.datname = current_database() and query ilike '%role%' and query not ilike '%pg_stat_statements%'`,
      );
      return rows[0]?.calls ?? 0;
    };
    const cost = async (): Promise<number> => {
      const before = await count();
      const { errors } = await shared.graphql(
        '{ roles { id: roleId memberIds members { edges { node { subject } } } parent { id: roleId memberIds } permissions { capability } } }',
      );
      expect(errors).toBeUndefined();
      return (await count()) - before;
    };
    const few = await cost();
    await client.query(`insert into roles (role_id, role_name, parent_role, capabilities, trust_level)
      select 'role' || n, 'role', 'user', '{read}', 0.5 from generate_series(1, 50) n`);
    await client.query(`insert into role_members (role_id, actor_id, assigned_by)
      select 'role' || n, 'actor' || m, 'test' from generate_series(1, 50) n, generate_series(1, 20) m`);
    expect(await cost()).toBe(few);
    expect(few).toBeLessThanOrEqual(3);
    await client.end();
  });
});
