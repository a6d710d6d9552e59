import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import type { GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { access } from './access-plugin.ts';
import type { FieldRules, Requirement } from './rules.ts';
import { stream, servedByDelivery, type Stream } from './stream.ts';

const events: Stream = { delivery: 'EVERY', topics: null, types: () => null };

function builderOf() {
  const builder = new SchemaBuilder({ plugins: [access, ErrorsPlugin, RelayPlugin] });
  builder.queryType();
  builder.mutationType();
  builder.subscriptionType();
  return builder;
}

/** A schema with a root field of every kind, each with this requirement. */
function graphOf(requires: Requirement, description = 'A thing.') {
  const builder = builderOf();
  const Thing = builder.objectRef<{ secret: string }>('Thing').implement({
    fields: (t) => ({
      plain: t.string({ description: 'Plain', resolve: () => '' }),
      secret: t.exposeString('secret', { description: 'Secret.', requires: 'manage' }),
      mine: t.string({ viewerDependent: true, resolve: () => '' }),
    }),
  });
  class Wrong extends Error {}
  builder.objectType(Wrong, { name: 'Wrong', fields: (t) => ({ message: t.exposeString('message') }) });
  const resolve = () => ({ secret: '' });
  builder.queryFields((t) => ({
    field: t.field({ type: Thing, requires, description, resolve }),
    text: t.string({ requires, description, resolve: () => '' }),
    connection: t.connection({ type: Thing, requires, description, resolve: () => null }),
  }));
  builder.mutationField('change', (t) =>
    t.field({ type: Thing, requires, description, errors: { types: [Wrong] }, resolve }),
  );
  builder.subscriptionField('events', (t) =>
    t.field({
      type: Thing,
      requires,
      viewerDependent: true,
      description,
      extensions: stream(events),
      subscribe: servedByDelivery<unknown>,
      resolve,
    }),
  );
  const schema = builder.toSchema();
  return (path: string) => {
    const [type = '', name = ''] = path.split('.');
    const field = (schema.getType(type) as GraphQLObjectType | undefined)?.getFields()[name];
    if (field === undefined) throw new Error(`unknown field ${path}`);
    return field;
  };
}

const roots = [
  'Query.field',
  'Query.text',
  'Query.connection',
  'Mutation.change',
  'Subscription.events',
] as const;

describe('the requirement of a field', () => {
  it.each(roots)('is in the extensions of %s and the last sentence of its description', (path) => {
    const field = graphOf('execute')(path);
    expect(field.extensions.rules?.requires).toBe('execute');
    expect(field.description).toBe('A thing. Requires `execute`.');
  });

  it('is described for a credential and for a capability, and not for `nothing`', () => {
    expect(graphOf('credential')('Query.field').description).toBe('A thing. Requires a credential.');
    const open = graphOf('nothing')('Query.field');
    expect(open.description).toBe('A thing.');
    expect(open.extensions.rules).toEqual({ requires: 'nothing' } satisfies FieldRules);
  });

  it('is appended after a full stop, and not to a missing description', () => {
    expect(graphOf('read', 'Without an end')('Query.field').description).toBe(
      'Without an end. Requires `read`.',
    );
    expect(graphOf('read', '')('Query.field').description ?? '').toBe('');
  });

  it('is added to the other extensions of the field', () => {
    expect(graphOf('read')('Subscription.events').extensions).toMatchObject({
      stream: events,
      rules: { requires: 'read', viewerDependent: true },
    });
  });

  it('is optional for fields that are not root fields, and not added to their descriptions', () => {
    const field = graphOf('read');
    expect(field('Thing.plain').extensions.rules).toBeUndefined();
    expect(field('Thing.secret').extensions.rules).toEqual({ requires: 'manage' });
    expect(field('Thing.secret').description).toBe('Secret.');
    expect(field('Thing.mine').extensions.rules).toEqual({ viewerDependent: true });
  });

  it('must be declared for a root field, and must be a capability for other fields, or the code does not compile', () => {
    const builder = builderOf();
    // @ts-expect-error a query
    builder.queryField('a', (t) => t.string({ resolve: () => '' }));
    // @ts-expect-error a connection
    builder.queryField('b', (t) => t.connection({ type: 'String', resolve: () => null }));
    // @ts-expect-error a mutation
    builder.mutationField('c', (t) => t.string({ resolve: () => '' }));
    // @ts-expect-error a mutation that may fail
    builder.mutationField('d', (t) => t.string({ errors: { types: [] }, resolve: () => '' }));
    builder.subscriptionField('e', (t) =>
      // @ts-expect-error a subscription
      t.string({ subscribe: servedByDelivery<unknown>, resolve: () => '' }),
    );
    // @ts-expect-error not a capability
    builder.queryField('f', (t) => t.string({ requires: 'everything', resolve: () => '' }));
    builder.objectRef<object>('Thing').implement({
      // @ts-expect-error not a root field
      fields: (t) => ({ g: t.string({ requires: 'nothing', resolve: () => '' }) }),
    });
    const made = builder.toSchema().getQueryType()?.getFields()['a']; // as without the type check
    expect(made?.extensions.rules).toBeUndefined();
  });
});
