import type { Delivery } from '../delivery/delivery.ts';
import { createGraphService } from '../delivery/graph-service.ts';
import {
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  type ExecutionResult,
} from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../auth/viewer.ts';
import type { GraphContext } from '../graph/context.ts';
import { everyMsOf, stream } from '../graph/stream.ts';
import { Demand } from '../journal/demand.ts';
import { Gauges } from '../journal/gauges.ts';
import type { EventLog } from '../journal/journal.ts';
import { openMemoryLog } from '../../test/_util/memory-log.ts';
import { every, latest, type Entry } from '../journal/topic.ts';
import type { Engine } from './engine.ts';
import type { Encoder } from '../delivery/encoder.ts';
import type { Subscriber } from '../delivery/subscriber.ts';
import { RequestError } from './operation.ts';

const happened = every<{ n: number }>('happened');
const measured = latest<{ n: number }>('measured');

const results: Encoder<ExecutionResult> = { id: 'results', encode: (result) => result, bytes: () => 100 };

function viewer(subject: string, ...capabilities: string[]): Viewer {
  return { subject, authenticated: true, role: null, capabilities: new Set(capabilities) };
}

const reader = viewer('ann', 'read');

describe('the engine', () => {
  let log: EventLog;
  let gauges: Gauges;
  let demand: Demand;
  let engine: Engine;
  let delivery: Delivery;
  let executed: number;
  let gates: Map<number, Promise<void>>;

  beforeEach(() => {
    log = openMemoryLog();
    gauges = new Gauges();
    demand = new Demand();
    executed = 0;
    gates = new Map();
    const Thing = new GraphQLObjectType<Entry<{ n: number }>, GraphContext>({
      name: 'Thing',
      fields: {
        n: {
          type: new GraphQLNonNull(GraphQLInt),
          resolve: ({ payload }) => {
            executed++;
            return payload.n;
          },
        },
        late: { type: GraphQLInt, resolve: async ({ payload }) => (await gates.get(payload.n), payload.n) },
        mine: {
          type: GraphQLString,
          extensions: { rules: { viewerDependent: true } },
          resolve: (_thing, _args, { viewer: { subject } }) => subject,
        },
        secret: {
          type: GraphQLString,
          extensions: { rules: { requires: 'manage' } },
          resolve: () => 'secret',
        },
        broken: {
          type: GraphQLString,
          resolve: () => {
            throw new Error('postgres://user:password@host');
          },
        },
      },
    });
    const resolve = (entry: Entry): Entry => entry;
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: {
          hello: { type: GraphQLString, extensions: { rules: { requires: 'read' } }, resolve: () => 'hello' },
          open: { type: GraphQLString, extensions: { rules: { requires: 'nothing' } } },
          own: { type: GraphQLString, extensions: { rules: { requires: 'credential' } } },
          forgotten: { type: GraphQLString },
        },
      }),
      subscription: new GraphQLObjectType({
        name: 'Subscription',
        fields: {
          events: {
            type: new GraphQLNonNull(Thing),
            args: { after: { type: GraphQLString } },
            extensions: {
              ...stream({ delivery: 'EVERY', topics: ['happened'], types: () => null }),
              rules: { requires: 'read' },
            },
            resolve,
          },
          gauge: {
            type: new GraphQLNonNull(Thing),
            args: { everyMs: { type: GraphQLInt } },
            extensions: {
              ...stream({
                delivery: 'LATEST',
                topic: 'measured',
                keys: () => null,
                everyMs: (args) => everyMsOf(args, 100),
              }),
              rules: { requires: 'read' },
            },
            resolve,
          },
        },
      }),
    });
    ({ engine, delivery } = createGraphService({
      schema,
      introspection: true,
      journal: { log, gauges, demand },
      report: () => {},
      context: (who) =>
        ({
          viewer: who,
          journal: { log, gauges, demand },
          serverInfo: { features: {} },
        }) as unknown as GraphContext,
    }));
  });

  async function join(
    query: string,
    options: { variables?: object; who?: Viewer; ended?: (error: unknown) => void } = {},
  ) {
    const { who = reader, variables = {}, ended = () => {} } = options;
    let wake = (): void => {};
    const request = { query, variables: variables as Record<string, unknown> };
    const subscriber: Subscriber<ExecutionResult> = await delivery.subscribe(
      engine.prepare(request, who),
      request,
      who,
      {
        encoder: results,
        reader: { due: () => wake() },
        ended,
      },
    );
    return {
      subscriber,
      async next(): Promise<ExecutionResult> {
        for (;;) {
          const frame = subscriber.next();
          if (frame !== undefined) return frame;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      },
    };
  }

  async function happen(n: number): Promise<void> {
    await log.append([{ topic: happened, key: 'k', type: 'happened', payload: { n } }]);
  }

  it('executes an entry once for equal subscriptions, which receive the same result', async () => {
    const readers = await Promise.all(
      Array.from({ length: 100 }, () => join('subscription { events { n } }')),
    );
    await happen(7);
    const taken = await Promise.all(readers.map((one) => one.next()));
    expect(executed).toBe(1);
    expect(new Set(taken).size).toBe(1);
  });

  it('groups subscriptions that differ only in layout, operation name and cursor', async () => {
    await happen(1);
    const after = delivery.head();
    const queries = [
      ['subscription { events { n } }', {}],
      ['subscription Named {\n  events { n }\n}', {}],
      [`subscription { events(after: "${after}") { n } }`, {}],
      ['subscription ($from: String) { events(after: $from) { n } }', { from: after }],
    ] as const;
    const readers = await Promise.all(queries.map(([query, variables]) => join(query, { variables })));
    await happen(2);
    for (const one of readers) expect(await one.next()).toEqual({ data: { events: { n: 2 } } });
    expect(executed).toBe(1);
  });

  it('shares results between viewers with equal rights, but never a field that depends on the viewer', async () => {
    const ann = await join('subscription { events { n mine } }', { who: viewer('ann', 'read') });
    const bob = await join('subscription { events { n mine } }', { who: viewer('bob', 'read') });
    await happen(1);
    expect(await ann.next()).toEqual({ data: { events: { n: 1, mine: 'ann' } } });
    expect(await bob.next()).toEqual({ data: { events: { n: 1, mine: 'bob' } } });
    expect(executed).toBe(2);
    const [first, second] = await Promise.all(
      ['ann', 'bob'].map((subject) =>
        join('subscription { events { n } }', { who: viewer(subject, 'read') }),
      ),
    );
    await happen(2);
    expect(await first?.next()).toBe(await second?.next());
  });

  it('rejects an operation with a field whose requirement the viewer does not meet', () => {
    const query = 'subscription { events { n ... { secret } } }';
    expect(() => engine.prepare({ query }, reader)).toThrow(RequestError);
    expect(() => engine.prepare({ query }, viewer('root', 'read', 'manage'))).not.toThrow();
    expect(() => engine.prepare({ query: '{ hello }' }, viewer('eve'))).toThrow(/capability read/);
  });

  it('requires what all fields of a document require, in a fixed order', () => {
    const needs = (query: string) => engine.prepare({ query }, root).requires;
    const root = viewer('root', 'read', 'manage');
    expect(needs('{ own hello }')).toEqual(['read', 'credential']);
    expect(needs('{ ...F own } fragment F on Query { hello }')).toEqual(['read', 'credential']);
    expect(needs('subscription { events { secret } }')).toEqual(['read', 'manage']);
    expect(needs('{ open __typename }')).toEqual([]);
  });

  it('accepts any credential for a field that requires only a credential', () => {
    const stranger: Viewer = { ...viewer('anonymous', 'read'), authenticated: false };
    expect(() => engine.prepare({ query: '{ own }' }, viewer('ann'))).not.toThrow();
    expect(() => engine.prepare({ query: '{ own }' }, stranger)).toThrow('This needs a credential.');
    const open: Viewer = { ...viewer('anonymous', 'read', 'manage'), authenticated: false };
    expect(() => engine.prepare({ query: '{ own }' }, open)).not.toThrow(); // without configured credentials
    expect(() =>
      engine.prepare({ query: '{ open }' }, { ...stranger, capabilities: new Set() }),
    ).not.toThrow();
  });

  it('requires `manage` for a root field without a declared requirement', () => {
    expect(() => engine.prepare({ query: '{ forgotten }' }, reader)).toThrow(
      'This needs the capability manage.',
    );
  });

  it('requires `read` for introspection', () => {
    for (const query of ['{ __schema { types { name } } }', '{ open __type(name: "Query") { name } }']) {
      expect(() => engine.prepare({ query }, viewer('ann'))).toThrow('This needs the capability read.');
      expect(engine.prepare({ query }, reader).requires).toEqual(['read']);
    }
    expect(engine.prepare({ query: '{ __typename }' }, viewer('ann')).requires).toEqual([]);
  });

  it('keeps the order of entries with asynchronous resolvers', async () => {
    let open = (): void => {};
    gates.set(1, new Promise<void>((resolve) => (open = resolve)));
    const one = await join('subscription { events { late } }');
    await happen(1);
    await happen(2);
    const first = one.next();
    open();
    expect(await first).toEqual({ data: { events: { late: 1 } } });
    expect(await one.next()).toEqual({ data: { events: { late: 2 } } });
  });

  it('masks the error of a resolver and continues with the next entry', async () => {
    const one = await join('subscription { events { n broken } }');
    await happen(1);
    const { data, errors } = await one.next();
    expect(data).toEqual({ events: { n: 1, broken: null } });
    expect(errors?.[0]?.message).toBe('An unexpected error happened.');
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'INTERNAL_ERROR',
      errorId: expect.any(String) as string,
    });
    expect(JSON.stringify(errors)).not.toContain('password');
    await happen(2);
    expect((await one.next()).data).toEqual({ events: { n: 2, broken: null } });
  });

  it('sends the current values to a new subscriber, and only the newest to a slow one', async () => {
    for (const n of [1, 2, 3]) gauges.put([{ topic: measured, key: 'a', payload: { n } }]);
    const one = await join('subscription { gauge { n } }');
    expect(await one.next()).toEqual({ data: { gauge: { n: 3 } } });
    for (const n of [4, 5, 6]) gauges.put([{ topic: measured, key: 'a', payload: { n }, urgent: true }]);
    expect(await one.next()).toEqual({ data: { gauge: { n: 6 } } });
    expect(one.subscriber.next()).toBeUndefined();
  });

  it('sends an urgent value immediately, and others with the next round', async () => {
    gauges.put([{ topic: measured, key: 'a', payload: { n: 1 } }]);
    const one = await join('subscription { gauge(everyMs: 3600000) { n } }');
    await one.next();
    gauges.put([{ topic: measured, key: 'a', payload: { n: 2 } }]);
    expect(await one.next()).toEqual({ data: { gauge: { n: 2 } } }); // the first round of this group
    gauges.put([{ topic: measured, key: 'a', payload: { n: 3 } }]);
    expect(one.subscriber.next()).toBeUndefined();
    gauges.put([{ topic: measured, key: 'a', payload: { n: 4 }, urgent: true }]);
    expect(await one.next()).toEqual({ data: { gauge: { n: 4 } } });
    one.subscriber.leave();
  });

  it('demands a gauge at the interval of the fastest subscriber until the last one has left', async () => {
    const slow = await join('subscription { gauge(everyMs: 5000) { n } }');
    const fast = await join('subscription { gauge(everyMs: 250) { n } }');
    expect(demand.pace('measured')).toBe(250);
    fast.subscriber.leave();
    expect(demand.pace('measured')).toBe(5000);
    slow.subscriber.leave();
    expect(demand.pace('measured')).toBeNull();
  });

  it.each([
    ['subscription { gauge(everyMs: 5) { n } }', 'BAD_USER_INPUT'],
    ['subscription { events(after: "nonsense") { n } }', 'CURSOR_INVALID'],
  ])('rejects %s with the code %s and leaves no demand', async (query, code) => {
    const error: unknown = await join(query).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RequestError);
    expect((error as RequestError).errors[0]?.extensions['code']).toBe(code);
    expect(demand.pace('measured')).toBeNull();
  });

  it.each([
    ['{ hello', /Syntax Error/],
    ['{ hallo }', /Cannot query field/],
    [`{ ${Array.from({ length: 61 }, (_, index) => `a${index}: hello`).join(' ')} }`, /limit|alias/i],
    [`{ ${'hello '.repeat(21)} }`, 'hello is selected more than 20 times in one selection set.'],
    [`{ ${'{'.repeat(3000)} }`, /Syntax Error|tokens/],
    ['subscription { events { n } gauge { n } }', /one top level|single/i],
    ['subscription { events @skip(if: true) { n } }', /cannot be skipped|@skip/],
    [`{ hello } #${'x'.repeat(40_000)}`, /characters/],
  ])('rejects the document %# with an error that states the reason', (query, reason) => {
    let refused: unknown;
    try {
      engine.prepare({ query }, reader);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(RequestError);
    expect((refused as RequestError).errors[0]?.message).toMatch(reason);
  });

  it('rejects an invalid variable and names it', async () => {
    const error: unknown = await join('subscription ($ms: Int) { gauge(everyMs: $ms) { n } }', {
      variables: { ms: 'fast' },
    }).catch((thrown: unknown) => thrown);
    expect((error as RequestError).errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect((error as RequestError).errors[0]?.message).toBe('ms must be a 32-bit integer.');
  });

  it('ends every subscription when the delivery is closed', async () => {
    const ends: unknown[] = [];
    await join('subscription { events { n } }', { ended: (error) => ends.push(error) });
    await join('subscription { gauge { n } }', { ended: (error) => ends.push(error) });
    delivery.close();
    expect(ends).toEqual([null, null]);
    expect(demand.pace('measured')).toBeNull();
  });
});
