import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { ownAuditTypes } from '../../src/domains/governance/events.ts';
import { reservedIdPrefixes } from '../../src/journal/reserved-ids.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const publish = publishMutation('accepted { id: key duplicate }');
const developer = { authorization: 'Bearer a-key-of-a-developer' };
const admin = { authorization: 'Bearer a-key-of-an-admin' };

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(
    {
      AUTH_TOKENS: 'a-key-of-a-developer:dev:developer,a-key-of-an-admin:root:admin',
      FEATURE_SYSTEM_MONITORING: 'false',
      FEATURE_DATABASE_MONITORING: 'false',
    },
    { keep: true },
  );
});

afterAll(() => app.stop());

const auditEvent = (more: object = {}): object => ({
  auditEvent: { eventType: 'note', actorId: 'ada', action: 'noted', status: 'success', ...more },
});
const activity = (more: object = {}): object => ({
  activity: { title: 'Imported', actionType: 'import', status: 'completed', ...more },
});
const notification = (more: object = {}): object => ({
  notification: { title: 'News', message: 'Something.', category: 'USER_ACTION', priority: 'LOW', ...more },
});
const alert = (more: object = {}): object => ({
  alert: { alertType: 'disk_full', severity: 'INFO', title: 'Disk', message: 'Full.', ...more },
});

async function report(...events: readonly object[]) {
  return app.graphql<{ publish: { accepted: { id: string; duplicate: boolean }[] } }>(
    publish,
    { events },
    developer,
  );
}

async function refusal(event: object): Promise<Record<string, unknown> | undefined> {
  return rejectionOf(await report(event));
}

describe('an event of a producer', () => {
  it('has the subject of its credential as reportedBy in every list, and events of the server have null', async () => {
    await report(auditEvent(), activity(), notification());
    await app.graphql(
      'mutation { assignRole(input: { roleId: "user", subject: "eve" }) { __typename } }',
      {},
      admin,
    );
    const { data, errors } = await app.graphql<{
      auditLogs: { edges: { node: object }[] };
      activity: { edges: { node: object }[] };
      notifications: { edges: { node: object }[] };
    }>(
      `{
        auditLogs(filter: { eventTypes: ["note", "role_assignment"] }) { edges { node { eventType actorId reportedBy } } }
        activity { edges { node { title reportedBy } } }
        notifications { edges { node { title reportedBy } } }
      }`,
      {},
      developer,
    );
    expect(errors).toBeUndefined();
    expect(data.auditLogs.edges.map(({ node }) => node)).toEqual([
      { eventType: 'role_assignment', actorId: 'root', reportedBy: null },
      { eventType: 'note', actorId: 'ada', reportedBy: 'dev' },
    ]);
    expect(data.activity.edges).toEqual([{ node: { title: 'Imported', reportedBy: 'dev' } }]);
    expect(data.notifications.edges).toEqual([{ node: { title: 'News', reportedBy: 'dev' } }]);
  });

  it.each([
    ...ownAuditTypes,
    'Role_Assignment',
    'role assignment',
    'role\u200b_assignment',
    'ｒole_assignment',
  ])('cannot be an audit entry of the type %j, which the server records itself', async (eventType) => {
    expect(await refusal(auditEvent({ eventType }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      index: 0,
      field: 'eventType',
      allowed: expect.stringContaining('role_assignment'),
    });
  });

  it.each([
    ['auditEvent', auditEvent({ actorId: 'system' }), 'actorId'],
    ['auditEvent', auditEvent({ actorId: ' Anonymous' }), 'actorId'],
    ['activity', activity({ user: 'system' }), 'user'],
    ['activity', activity({ actionType: 'agent_intervention' }), 'actionType'],
    ['activity', activity({ actionType: 'job_run' }), 'actionType'],
    ['alert', alert({ source: 'alert_engine' }), 'source'],
    ['alert', alert({ source: 'Alert Engine' }), 'source'],
    ['alert', alert({ source: 'intervention' }), 'source'],
  ])('cannot imitate an event of the server (%s %j)', async (_name, event, field) => {
    expect(await refusal(event)).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it.each(reservedIdPrefixes)(
    'is rejected if its key begins with %s, because it would suppress an event of the server',
    async (prefix) => {
      expect(await refusal(activity({ key: `${prefix}1` }))).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'key',
      });
    },
  );

  it.each([auditEvent, activity, notification, alert])(
    'is rejected if its time is more than a minute in the future or before the year 2000 (%#)',
    async (event) => {
      const at = (ms: number): string => new Date(ms).toISOString();
      for (const refused of ['9999-12-31T00:00:00.000Z', at(Date.now() + 90_000), '1970-01-20T00:00:00.000Z'])
        expect(await refusal(event({ occurredAt: refused })), refused).toMatchObject({
          code: 'BAD_USER_INPUT',
          field: 'occurredAt',
          allowed: 'between 2000-01-01T00:00:00Z and one minute from now',
        });
      expect(await refusal(event({ occurredAt: at(Date.now() + 30_000) }))).toBeUndefined();
    },
  );

  it.each([
    [{ backup: { backupStatus: 'COMPLETED', finishedAt: '9999-12-31T00:00:00Z' } }, 'finishedAt'],
    [
      {
        modelStatus: { modelId: 'm', operationalStatus: 'ACTIVE', lastPredictionAt: '9999-12-31T00:00:00Z' },
      },
      'lastPredictionAt',
    ],
  ])('is rejected if another of its times is in the future: %j', async (event, field) => {
    expect(await refusal(event)).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});
