import type { Delivery } from '../../src/delivery/delivery.ts';
import { createGraphService } from '../../src/delivery/graph-service.ts';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLOutputType,
} from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { capabilities, type Viewer } from '../../src/auth/viewer.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { RequestError } from '../../src/engine/operation.ts';
import type { GraphContext } from '../../src/graph/context.ts';
import { Demand } from '../../src/journal/demand.ts';
import { Gauges } from '../../src/journal/gauges.ts';
import { openMemoryLog } from '../_util/memory-log.ts';
import { schema } from '../../src/schema.ts';
import { payloads } from '../../src/delivery/payload.ts';

// Over every subscription field of the graph, each with everything that can be selected below it: subscribers of a
// group receive the same bytes, so all of them must have the same rights to what these contain.

const depthMax = 4;

/** Everything below a type that needs no argument, as far down as `depth` goes. */
function everythingOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isCompositeType(named) || depth === 0) return ' { __typename }';
  const members = isAbstractType(named) ? schema.getPossibleTypes(named) : [named];
  const parts = members.map((member, number) => {
    const fields = Object.values(member.getFields()).map((field) => selected(field, depth, `m${number}_`));
    const inner = fields.filter((field) => field !== '').join(' ');
    return isAbstractType(named) ? `... on ${member.name} { ${inner} }` : inner;
  });
  return ` { __typename ${parts.join(' ')} }`;
}

function selected(field: GraphQLField<unknown, unknown>, depth: number, prefix: string): string {
  if (field.args.some(isRequiredArgument)) return '';
  return `${prefix}${field.name}: ${field.name}${everythingOf(field.type, depth - 1)}`;
}

function viewer(subject: string, held: readonly string[]): Viewer {
  return { subject, authenticated: true, role: null, capabilities: new Set(held) };
}

/** Every way to hold some of the capabilities. */
const holdings = Array.from({ length: 2 ** capabilities.length }, (_, bits) =>
  capabilities.filter((_capability, place) => (bits >> place) & 1),
);

const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});

describe.each(fields.map((field) => [field.name, field] as const))('subscriptions to %s', (name, field) => {
  let engine: Engine;
  let delivery: Delivery;
  // the armour against large documents is not what is asked about here
  const documents = new Set(
    [0, 1, depthMax].map((depth) => `subscription { ${name}${everythingOf(field.type, depth)} }`),
  );

  beforeEach(() => {
    const journal = { log: openMemoryLog(), gauges: new Gauges(), demand: new Demand() };
    const serverInfo = { hostId: 'here', features: {}, intervals: {}, sources: () => [] };
    const intervals = new Proxy({}, { get: () => 1_000 });
    ({ engine, delivery } = createGraphService({
      schema,
      introspection: false,
      journal,
      context: (who) =>
        ({ viewer: who, journal, serverInfo: { ...serverInfo, intervals } }) as unknown as GraphContext,
      report: (error) => {
        throw error;
      },
    }));
  });

  it('share results exactly with viewers of the same view', async () => {
    let joined = 0;
    for (const query of documents) {
      const whole = outcome(() => engine.prepare({ query }, viewer('root', capabilities)));
      if (whole instanceof RequestError) continue; // too large
      const before = delivery.stats().groups.length;
      const admitted = new Set<string>();
      for (const held of holdings) {
        for (const subject of ['ann', 'bob']) {
          const who = viewer(subject, held);
          const operation = outcome(() => engine.prepare({ query }, who));
          const lacks = whole.requires.some(
            (need) => need !== 'credential' && need !== 'anyCapability' && !held.includes(need),
          );
          expect(operation instanceof RequestError).toBe(lacks);
          if (operation instanceof RequestError) continue;
          await delivery.subscribe(operation, { query }, who, {
            encoder: payloads,
            reader: { due() {} },
            ended: () => {},
          });
          admitted.add(whole.viewerDependent ? subject : 'all');
          joined++;
        }
      }
      expect(delivery.stats().groups.length - before).toBe(admitted.size);
    }
    expect(joined).toBeGreaterThan(0);
    expect(delivery.stats().groups.reduce((sum, { members }) => sum + members, 0)).toBe(joined);
    delivery.close();
    expect(delivery.stats().groups).toEqual([]);
  });
});

function outcome<Value>(of: () => Value): Value | RequestError {
  try {
    return of();
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
}
