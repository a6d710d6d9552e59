import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { parsePrometheus } from '../../src/lib/prometheus.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';

// Clients that make the server hold something: a small budget, which is given back when they leave.

const budgetMb = 4;
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ MEMORY_BUDGET_MB: String(budgetMb), LOG_LEVEL: 'ERROR' }, { keep: true });
});
afterAll(() => app.stop());

async function held(share: string): Promise<{ bytes: number; max: number }> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const valueOf = (name: string): number =>
    parsePrometheus(text, (one) => one === name).find(({ labels }) => labels.get('share') === share)?.value ??
    -1;
  return { bytes: valueOf('opsgraph_memory_held_bytes'), max: valueOf('opsgraph_memory_limit_bytes') };
}

const fields = 'hostId sampledAt cpu { usedPercent coreCount } memory { usedPercent usedBytes totalBytes }';
/** A document like no other. */
const unique = (index: number): string => `subscription { a${index}: systemMetrics { ${fields} } }`;

/** What comes first of a subscription that stays open. */
async function first(client: Client, query: string): Promise<unknown> {
  return new Promise((resolve) => {
    client.subscribe(
      { query },
      {
        next: resolve,
        error: resolve,
        complete: () => {},
      },
    );
  });
}

const connected = (): Client =>
  createClient({ url: `${app.wsUrl}/graphql`, webSocketImpl: WebSocket, lazy: false, retryAttempts: 0 });

describe('memory held for clients', () => {
  it('is limited for open subscriptions, and released when they end', async () => {
    const clients = [connected(), connected()];
    const refused: unknown[] = [];
    let open = 0;
    for (let index = 0; index < 150; index++) {
      const answer = await first(clients[index % 2] as Client, unique(index));
      if (Array.isArray(answer)) refused.push(answer[0] as unknown);
      else open++;
    }
    expect(open).toBeGreaterThan(10);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused[0]).toMatchObject({ extensions: { code: 'OVERLOADED', retryable: true } });
    const full = await held('subscriptions');
    expect(full.max).toBe((budgetMb * 1024 * 1024) / 4);
    expect(full.bytes).toBeGreaterThan(full.max / 2);
    expect(full.bytes).toBeLessThan(full.max * 1.1);

    const publish =
      'mutation { publish(input: { events: [{auditEvent: {eventType: "noted", action: "a", actorId: "ann", status: "done"}}] }) { __typename } }';
    expect((await app.graphql(publish)).errors).toBeUndefined();
    expect((await app.graphql('{ host { hostId } }')).errors).toBeUndefined();

    for (const client of clients) await client.dispose();
    await expect.poll(async () => (await held('subscriptions')).bytes).toBe(0);
    const late = connected();
    expect(await first(late, unique(1_000))).toMatchObject({ data: {} });
    await late.dispose();
  });

  it('is limited for documents, of which the oldest are evicted', async () => {
    for (let index = 0; index < 60; index++)
      await app.graphql(
        `{ b${index}: host { ${Array.from({ length: 15 }, (_, at) => `i${at}: id`).join(' ')} } }`,
      );
    const { bytes, max } = await held('documents');
    expect(bytes).toBeGreaterThan(max / 2);
    expect(bytes).toBeLessThanOrEqual(max);
  });

  it('is reported in /metrics for every share with its limit', async () => {
    const text = await (await fetch(`${app.url}/metrics`)).text();
    const shares = parsePrometheus(text, (name) => name === 'opsgraph_memory_limit_bytes');
    expect(new Set(shares.map(({ labels }) => labels.get('share')))).toEqual(
      new Set([
        'answers',
        'documents',
        'drafts',
        'frames',
        'responses',
        'ring',
        'subscriptions',
        'transfers',
      ]),
    );
    expect(shares.reduce((sum, { value }) => sum + value, 0)).toBeLessThanOrEqual(budgetMb * 1024 * 1024);
  });
});
