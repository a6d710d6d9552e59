import { beforeAll, expect, it } from 'vitest';
import { buildProgram, emptyFolder, start, type Running } from '../_util/process.ts';
import { receiver } from '../_util/receiver.ts';

beforeAll(buildProgram);

async function graphql<Data>({ url }: Running, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

it('an event whose delivery is under way when the process is killed is delivered after a restart', async () => {
  const env = { WEBHOOK_ALLOW_PRIVATE: 'true', WEBHOOK_TIMEOUT_S: '1', WEBHOOK_RETRY_S: '1' };
  const { calls, url } = await receiver();
  calls.reply = () => {};
  const dir = await emptyFolder();
  const before = await start(dir, env);
  await graphql(
    before,
    `
      mutation ($url: String!) {
        createWebhook(input: { name: "n", url: $url, alertTypes: ["killed"] }) {
          __typename
        }
      }
    `,
    { url },
  );
  await graphql(
    before,
    `
      mutation {
        publish(
          input: { events: [{ alert: { alertType: "killed", severity: ERROR, title: "t", message: "m" } }] }
        ) {
          ... on PublishSuccess {
            cursor
          }
          ... on Failure {
            code
            message
          }
        }
      }
    `,
  );
  const first = await calls.next();
  before.child.kill('SIGKILL');
  await before.exit();
  calls.reply = (response) => void response.writeHead(200).end();
  const after = await start(dir, env);
  const second = await calls.next();
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
  expect(second.body).toEqual(first.body);
  const status = async (): Promise<string> => {
    const { webhookDelivery } = await graphql<{ webhookDelivery: { status: string; attemptCount: number } }>(
      after,
      'query ($id: ID!) { webhookDelivery(deliveryId: $id) { status attemptCount } }',
      { id: first.headers['webhook-id'] },
    );
    return `${webhookDelivery.status} ${webhookDelivery.attemptCount}`;
  };
  await expect.poll(status).toBe('DELIVERED 2');
  after.child.kill('SIGTERM');
  expect(await after.exit()).toBe(0);
});
