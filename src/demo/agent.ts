import { EventEmitter, once } from 'node:events';
import type { Client } from 'graphql-ws';
import { between, event, oneOf, type Shop } from './shop.ts';

interface Intervention {
  readonly action: 'PAUSE' | 'RESUME' | 'RESET' | 'OVERRIDE';
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface AgentEvent {
  readonly agentEvents: { readonly cursor: string; readonly intervention: Intervention };
}

const interventions = `subscription ($agentId: ID!, $after: Cursor) {
  agentEvents(agentId: $agentId, types: [INTERVENED], after: $after) {
    cursor
    ... on AgentIntervened { intervention { action parameters } }
  }
}`;

const work = [
  { actionType: 'price_change', activity: 'Comparing prices', rationale: 'A competitor is cheaper.' },
  { actionType: 'restock', activity: 'Looking through the stock', rationale: 'Four days of stock are left.' },
  {
    actionType: 'promotion',
    activity: 'Planning a promotion',
    rationale: 'Demand is low before the weekend.',
  },
];

/**
 * An agent that makes decisions, reports their outcomes and applies interventions. Its first report returns a cursor.
 * Then it reads whether it is paused, and subscribes to its interventions after that cursor, so it cannot miss one.
 */
export async function agent(agentId: string, shop: Shop, client: Client): Promise<void> {
  const resumed = new EventEmitter();
  let paused = false;
  let orders: Intervention['parameters'] | null = null;

  const report = (status: string, currentActivity: string | null = null): Promise<string> =>
    shop.report(event('agentStatus', { agentId, status, currentActivity }));

  shop.atEnd(agentId, () => event('agentStatus', { agentId, status: 'OFFLINE' }));
  const cursor = await report('IDLE');
  const now = await shop.server.ask<{ agent: { status: string } | null }>(
    'query ($id: ID!) { agent(agentId: $id) { status } }',
    { id: agentId },
  );
  paused = now.agent?.status === 'PAUSED';

  async function apply({ action, parameters }: Intervention): Promise<void> {
    shop.say(`${agentId} receives ${action.toLowerCase()}`);
    if (action === 'OVERRIDE') orders = parameters; // for its next decision
    else paused = action === 'PAUSE';
    if (!paused) resumed.emit('resumed');
    await report(paused ? 'PAUSED' : 'IDLE');
  }

  async function decide(): Promise<void> {
    const { actionType, activity, rationale } = oneOf(work);
    await report('ACTIVE', activity);
    await shop.pause(between(1_000, 3_000));
    if (paused) return; // the topic of the decision is dropped
    const decided = event('agentDecision', {
      agentId,
      decisionId: shop.newId('decision'),
      actionType,
      parameters: { source: 'demo', sku: `SKU-${Math.floor(between(1_000, 9_999))}`, ...orders },
      rationale: orders === null ? rationale : 'Requested by an operator.',
      confidenceScore: between(0.6, 0.99),
      expectedOutcome: { profitChangePercent: between(0, 4) },
      responseTimeMs: between(400, 2_500),
    });
    orders = null;
    await shop.report(decided, event('agentStatus', { agentId, status: 'IDLE' }));
    await shop.pause(between(2_000, 5_000));
    const { decisionId } = decided['agentDecision'] ?? {};
    await shop.report(event('decisionOutcome', { decisionId, success: Math.random() < 0.9 }));
  }

  const stop = follow(
    client,
    { agentId, after: cursor },
    (intervention) => void shop.run(apply(intervention)),
  );
  try {
    do {
      if (paused && shop.once) return;
      if (paused) await once(resumed, 'resumed', { signal: shop.signal });
      await decide();
      await shop.pause(between(1_000, 4_000));
    } while (!shop.once);
  } finally {
    stop();
  }
}

/**
 * Calls back for each intervention, once and in order, across interruptions. @returns a function that ends the
 * subscription.
 */
function follow(
  client: Client,
  variables: { agentId: string; after: string },
  onIntervention: (intervention: Intervention) => void,
): () => void {
  return client.subscribe<AgentEvent>(
    { query: interventions, variables },
    {
      next({ data }) {
        if (!data) return;
        const { cursor, intervention } = data.agentEvents;
        onIntervention(intervention);
        variables.after = cursor; // the client sends the variables again when it reconnects
      },
      error: (error) => console.error(`${variables.agentId} receives no further interventions:`, error),
      complete() {},
    },
  );
}
