import { readFileSync } from 'node:fs';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { printedSchema, schema } from '../src/schema.ts';

describe('the graph', () => {
  it('equals schema/schema.graphql', () => {
    const committed = readFileSync(new URL('../schema/schema.graphql', import.meta.url), 'utf8');
    expect(printedSchema(), 'run `npm run codegen` and look at what changed').toBe(committed);
  });

  it('has a description on every type, field, argument and enum value', () => {
    const bare: string[] = [];
    const check = (name: string, described: { description?: string | null | undefined }): void => {
      if (!described.description) bare.push(name);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (isIntrospectionType(type) || ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name))
        continue;
      check(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        if ('args' in field)
          for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
    expect(bare).toEqual([]);
  });

  it('declares for every root field what it requires, also in its description', () => {
    const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const fields = types.flatMap((type) => Object.values(type?.getFields() ?? {}));
    expect(fields.length).toBeGreaterThan(80);
    for (const { name, description, extensions } of fields) {
      const requires = extensions.rules?.requires;
      expect(requires, name).toBeDefined();
      const stated = /\. Requires (?:`(\w+)`|a (credential)|a credential with (any capability))\.$/.exec(
        description ?? '',
      );
      expect(stated?.[1] ?? stated?.[2] ?? (stated?.[3] && 'anyCapability') ?? 'nothing', name).toBe(
        requires,
      );
    }
  });

  it('requires another capability than read only for the listed fields', () => {
    const others = (type: GraphQLObjectType | null | undefined): object =>
      Object.fromEntries(
        Object.values(type?.getFields() ?? {})
          .map(({ name, extensions }) => [name, extensions.rules?.requires] as const)
          .filter(([, requires]) => requires !== 'read'),
      );
    expect(others(schema.getQueryType())).toEqual({
      viewer: 'nothing',
      liveCursor: 'nothing',
      node: 'nothing',
      webhook: 'manage',
      webhookDeliveries: 'manage',
      webhookDelivery: 'manage',
      webhooks: 'manage',
      nodes: 'nothing',
      notifications: 'nothing',
      unreadNotificationCount: 'nothing',
      tokens: 'manage',
    });
    expect(others(schema.getSubscriptionType())).toEqual({
      notificationEventBatches: 'nothing',
      notificationEvents: 'nothing',
      notificationReadEventBatches: 'nothing',
      notificationReadEvents: 'nothing',
    });
  });

  it('declares the delivery of every subscription, and has a cursor argument exactly where it is EVERY', () => {
    for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
      const stream = field.extensions.stream;
      expect(stream, field.name).toBeDefined();
      const says = stream?.delivery === 'EVERY' ? 'EVERY. ' : 'LATEST. ';
      expect(field.description?.startsWith(says), field.name).toBe(true);
      expect(
        field.args.some(({ name }) => name === 'after'),
        field.name,
      ).toBe(stream?.delivery === 'EVERY');
    }
  });

  it('has all root fields that clients rely on', () => {
    const names = (type: { getFields(): object } | null | undefined): string[] =>
      Object.keys(type?.getFields() ?? {});
    expect(names(schema.getQueryType())).toEqual(
      expect.arrayContaining(
        'hosts systemMetrics systemHistory gpus databaseMetrics models model roles role auditLogs connections config health viewer agents agent decisions interventions kpis'.split(
          ' ',
        ),
      ),
    );
    expect(names(schema.getSubscriptionType())).toEqual(
      expect.arrayContaining(
        'systemMetrics gpuMetrics databaseMetrics modelStatus modelEvents roleHierarchy auditEvents connections events agentStatus agentEvents kpis hostEvents'.split(
          ' ',
        ),
      ),
    );
    expect(names(schema.getMutationType())).toEqual(
      expect.arrayContaining('publish upsertRole deleteRole assignRole revokeRole intervene'.split(' ')),
    );
  });
});
