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
import { paceOf, stream } from '../graph/stream.ts';
import { Demand } from '../journal/demand.ts';
import { Gauges } from '../journal/gauges.ts';
import type { EventLog } from '../journal/journal.ts';
import { openMemoryLog } from '../journal/memory-log.ts';
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
                everyMs: (args) => paceOf(args, 100),
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

  it('executes an entry once for all equal readers, and they get the same result', async () => {
    const readers = await Promise.all(
      Array.from({ length: 100 }, () => join('subscription { events { n } }')),
    );
    await happen(7);
    const taken = await Promise.all(readers.map((one) => one.next()));
    expect(executed).toBe(1);
    expect(new Set(taken).size).toBe(1);
  });

  it('puts readers into one group whatever their layout, names and cursors are', async () => {
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

  it('shares between viewers of equal rights, and never a field that depends on who asks', async () => {
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

  it('refuses an operation with a field that the viewer may not see, before anything runs', () => {
    const query = 'subscription { events { n ... { secret } } }';
    expect(() => engine.prepare({ query }, reader)).toThrow(RequestError);
    expect(() => engine.prepare({ query }, viewer('root', 'read', 'manage'))).not.toThrow();
    expect(() => engine.prepare({ query: '{ hello }' }, viewer('nobody'))).toThrow(/capability read/);
  });

  it('asks for what all the fields of a document need together, in one order', () => {
    const needs = (query: string) => engine.prepare({ query }, root).requires;
    const root = viewer('root', 'read', 'manage');
    expect(needs('{ own hello }')).toEqual(['read', 'credential']);
    expect(needs('{ ...F own } fragment F on Query { hello }')).toEqual(['read', 'credential']);
    expect(needs('subscription { events { secret } }')).toEqual(['read', 'manage']);
    expect(needs('{ open __typename }')).toEqual([]);
  });

  it('lets in whoever has a credential where nothing else is asked for', () => {
    const stranger: Viewer = { ...viewer('anonymous', 'read'), authenticated: false };
    expect(() => engine.prepare({ query: '{ own }' }, viewer('ann'))).not.toThrow();
    expect(() => engine.prepare({ query: '{ own }' }, stranger)).toThrow('This needs a credential.');
    const open: Viewer = { ...viewer('anonymous', 'read', 'manage'), authenticated: false };
    expect(() => engine.prepare({ query: '{ own }' }, open)).not.toThrow(); // nobody has to show one there
    expect(() =>
      engine.prepare({ query: '{ open }' }, { ...stranger, capabilities: new Set() }),
    ).not.toThrow();
  });

  it('asks for everything where a root field does not say what it needs', () => {
    expect(() => engine.prepare({ query: '{ forgotten }' }, reader)).toThrow(
      'This needs the capability manage.',
    );
  });

  it('tells nobody of the schema who may not read', () => {
    for (const query of ['{ __schema { types { name } } }', '{ open __type(name: "Query") { name } }']) {
      expect(() => engine.prepare({ query }, viewer('ann'))).toThrow('This needs the capability read.');
      expect(engine.prepare({ query }, reader).requires).toEqual(['read']);
    }
    expect(engine.prepare({ query: '{ __typename }' }, viewer('ann')).requires).toEqual([]);
  });

  it('keeps the order when resolvers answer late', async () => {
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

  it('masks what a resolver threw and goes on', async () => {
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

  it('gives a newcomer the present values at once, and a slow reader only the newest', async () => {
    for (const n of [1, 2, 3]) gauges.put([{ topic: measured, key: 'a', payload: { n } }]);
    const one = await join('subscription { gauge { n } }');
    expect(await one.next()).toEqual({ data: { gauge: { n: 3 } } });
    for (const n of [4, 5, 6]) gauges.put([{ topic: measured, key: 'a', payload: { n }, urgent: true }]);
    expect(await one.next()).toEqual({ data: { gauge: { n: 6 } } });
    expect(one.subscriber.next()).toBeUndefined();
  });

  it('lets an urgent value through at once, and others with the next round', async () => {
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

  it('says how fast a gauge is watched, by its fastest reader, until the last one has left', async () => {
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
  ])('refuses %s with the code %s, leaving nothing behind', async (query, code) => {
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
  ])('refuses the document %# with an error that says why', (query, reason) => {
    let refused: unknown;
    try {
      engine.prepare({ query }, reader);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(RequestError);
    expect((refused as RequestError).errors[0]?.message).toMatch(reason);
  });

  it('refuses variables that do not fit, by name', async () => {
    const error: unknown = await join('subscription ($ms: Int) { gauge(everyMs: $ms) { n } }', {
      variables: { ms: 'fast' },
    }).catch((thrown: unknown) => thrown);
    expect((error as RequestError).errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect((error as RequestError).errors[0]?.message).toBe('ms must be a whole number of at most 32 bits.');
  });

  it('ends every subscription when it is closed', async () => {
    const ends: unknown[] = [];
    await join('subscription { events { n } }', { ended: (error) => ends.push(error) });
    await join('subscription { gauge { n } }', { ended: (error) => ends.push(error) });
    delivery.close();
    expect(ends).toEqual([null, null]);
    expect(demand.pace('measured')).toBeNull();
  });
});
