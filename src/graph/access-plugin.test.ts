import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import type { GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { access } from './access-plugin.ts';
import type { FieldRules, Requirement } from './rules.ts';
import { stream, subscribedByEngine, type Stream } from './stream.ts';

const events: Stream = { delivery: 'EVERY', topics: null, types: () => null };

function builderOf() {
  const builder = new SchemaBuilder({ plugins: [access, ErrorsPlugin, RelayPlugin] });
  builder.queryType();
  builder.mutationType();
  builder.subscriptionType();
  return builder;
}

/** A graph with a root field of every kind, each of which needs this. */
function graphOf(requires: Requirement, description = 'What it is.') {
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
      subscribe: subscribedByEngine<unknown>,
      resolve,
    }),
  );
  const schema = builder.toSchema();
  return (path: string) => {
    const [type = '', name = ''] = path.split('.');
    const field = (schema.getType(type) as GraphQLObjectType | undefined)?.getFields()[name];
    if (field === undefined) throw new Error(`there is no ${path}`);
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

describe('what a field needs', () => {
  it.each(roots)('is in the extensions of %s and the last sentence of its description', (path) => {
    const field = graphOf('execute')(path);
    expect(field.extensions.rules?.requires).toBe('execute');
    expect(field.description).toBe('What it is. Needs `execute`.');
  });

  it('is said of a credential in other words than of a capability, and not at all of nothing', () => {
    expect(graphOf('credential')('Query.field').description).toBe('What it is. Needs a credential.');
    const open = graphOf('nothing')('Query.field');
    expect(open.description).toBe('What it is.');
    expect(open.extensions.rules).toEqual({ requires: 'nothing' } satisfies FieldRules);
  });

  it('follows a full stop, and makes no description where there is none', () => {
    expect(graphOf('read', 'Without an end')('Query.field').description).toBe(
      'Without an end. Needs `read`.',
    );
    expect(graphOf('read', '')('Query.field').description ?? '').toBe('');
  });

  it('stands beside what else the extensions carry', () => {
    expect(graphOf('read')('Subscription.events').extensions).toMatchObject({
      stream: events,
      rules: { requires: 'read', viewerDependent: true },
    });
  });

  it('is declared below the root only where it is more, and leaves the description alone', () => {
    const field = graphOf('read');
    expect(field('Thing.plain').extensions.rules).toBeUndefined();
    expect(field('Thing.secret').extensions.rules).toEqual({ requires: 'manage' });
    expect(field('Thing.secret').description).toBe('Secret.');
    expect(field('Thing.mine').extensions.rules).toEqual({ viewerDependent: true });
  });

  it('has to be said for a root field, and below the root can only be a capability, or it does not compile', () => {
    const builder = builderOf();
    // @ts-expect-error a query
    builder.queryField('a', (t) => t.string({ resolve: () => '' }));
    // @ts-expect-error a page of a list
    builder.queryField('b', (t) => t.connection({ type: 'String', resolve: () => null }));
    // @ts-expect-error a mutation
    builder.mutationField('c', (t) => t.string({ resolve: () => '' }));
    // @ts-expect-error a mutation that may fail
    builder.mutationField('d', (t) => t.string({ errors: { types: [] }, resolve: () => '' }));
    builder.subscriptionField('e', (t) =>
      // @ts-expect-error a subscription
      t.string({ subscribe: subscribedByEngine<unknown>, resolve: () => '' }),
    );
    // @ts-expect-error no capability
    builder.queryField('f', (t) => t.string({ requires: 'everything', resolve: () => '' }));
    builder.objectRef<object>('Thing').implement({
      // @ts-expect-error below the root
      fields: (t) => ({ g: t.string({ requires: 'nothing', resolve: () => '' }) }),
    });
    const made = builder.toSchema().getQueryType()?.getFields()['a']; // as by somebody who does not type-check
    expect(made?.extensions.rules).toBeUndefined();
  });
});
