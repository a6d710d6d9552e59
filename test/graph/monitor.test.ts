import { expect, it } from 'vitest';
import { startTestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { publish } from '../legacy/_old-client.ts';

interface Status {
  readonly unacknowledgedAlertCount: number | null;
  readonly providers: { readonly providerCount: number } | null;
  readonly connections: { readonly openCount: number };
}

it('monitorStatus counts the alerts of the last hour that are not acknowledged, resolved or not', async () => {
  const app = await startTestApp({ FEATURE_SYSTEM_MONITORING: 'false' }); // raises no alerts about the host
  const statuses = graphqlClient(app.wsUrl).iterate<{ monitorStatus: Status }>({
    query: `subscription { monitorStatus(everyMs: 500) {
      sampledAt unacknowledgedAlertCount providers { providerCount } connections { openCount } } }`,
  });
  async function statusWith(alerts: number): Promise<Status> {
    for (;;) {
      const { value, done } = await statuses.next();
      if (done === true) throw new Error('the subscription ended');
      const status = value.data?.monitorStatus;
      if (status?.unacknowledgedAlertCount === alerts) return status;
    }
  }

  expect(await statusWith(0)).toMatchObject({
    providers: { providerCount: 0 },
    connections: { openCount: expect.any(Number) as number },
  });
  const alert = { alertType: 'tested', severity: 'WARNING', title: 'a test', message: 'a test' };
  const longAgo = new Date(Date.now() - 7_200_000).toISOString();
  await publish(app, [{ alert }, { alert }, { alert: { ...alert, occurredAt: longAgo } }]);
  await statusWith(2);

  const { data } = await app.graphql<{ alerts: { edges: { node: { number: number } }[] } }>(
    '{ alerts { edges { node { number } } } }',
  );
  const [newest] = data.alerts.edges.map(({ node }) => node.number);
  const change = (mutation: string): Promise<unknown> =>
    app.graphql(`mutation ($id: ID!) { ${mutation}(input: { alertId: $id }) { __typename } }`, {
      id: String(newest),
    });
  expect(await change('resolveAlert')).toMatchObject({
    data: { resolveAlert: { __typename: 'ResolveAlertSuccess' } },
  });
  expect(await change('acknowledgeAlert')).toMatchObject({
    data: { acknowledgeAlert: { __typename: 'AcknowledgeAlertSuccess' } },
  });
  await statusWith(1);
});
