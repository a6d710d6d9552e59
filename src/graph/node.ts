import type { FieldMap, InterfaceRef, ObjectRef } from '@pothos/core';
import type { Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import type { KeysetList } from '../db/keyset-list.ts';
import { AppError } from '../errors.ts';
import type { Topic } from '../journal/topic.ts';
import { isStorable } from '../lib/storable.ts';
import { authorize } from './authorize.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';
import { loader } from './loaders.ts';
import type { Requirement } from './rules.ts';

const idDescription =
  'Globally unique, opaque and permanent id, for `node` and for the caches of clients. All other arguments take the ' +
  'natural key.';

/** The type of each object that `node` or `nodes` has read. */
const loadedTypes = new WeakMap<object, string>();

export const Node: InterfaceRef<GraphTypes, unknown> = builder.interfaceRef<object>('Node').implement({
  description: 'An object that can be read again by its id.',
  resolveType: (value) => loadedTypes.get(value),
  fields: (t) => ({
    id: t.id({
      description: idDescription,
      resolve: () => {
        throw new Error('a type implements Node without `nodeFields`');
      },
    }),
  }),
});

/** An array and no tuple, which Pothos would compare with the type of the parent. */
const nodeInterfaces: InterfaceRef<GraphTypes, unknown>[] = [Node];

/** How the nodes of a type are read. */
interface NodeLoader {
  readonly requires: Requirement;
  readonly load: (context: GraphContext, key: string) => Promise<object | undefined>;
}

const loaders = new Map<string, NodeLoader>();

type Found<Parent> = ReadonlyMap<string, Parent>;

/** An object type whose objects have an identity; see `nodeType`. */
export interface NodeIdentity<Parent extends object> {
  /** The natural key: unique among the nodes of the type, and permanent. */
  readonly key: (parent: Parent, context: GraphContext) => string;
  /** Reads the nodes with these keys, by key. Keys without a node are absent. */
  readonly load: (keys: readonly string[], context: GraphContext) => Found<Parent> | Promise<Found<Parent>>;
  /** What `node` requires of the viewer. Default: `read`. */
  readonly requires?: Requirement;
}

/** @param type name of the object type. */
export function globalId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

/** What `node` requires for a type, which `nodeType` declared. */
const requirements = new Map<string, Requirement>();

/** What a field that returns nodes of a type requires. @throws Error if the type is not declared yet. */
export function requirementOf(type: string): Requirement {
  const requires = requirements.get(type);
  if (requires === undefined) throw new Error(`${type} is not a node type`);
  return requires;
}

/** Reads a node by its natural key, with those that resolvers of the same level read. */
export async function loadNode(
  type: string,
  key: string,
  context: GraphContext,
): Promise<object | undefined> {
  return isStorable(key) ? loaders.get(type)?.load(context, key) : undefined;
}

/** Makes nodes of a type readable by `node`, and declares the field `id` of the type, which implements Node. */
export function nodeFields<Parent extends object>(
  t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Parent>,
  name: string,
  { key, load, requires = 'read' }: NodeIdentity<Parent>,
) {
  const byKey = loader<string, Parent>(async (context, keys) => load(keys, context));
  loaders.set(name, { requires, load: (context, wanted) => byKey(context).load(wanted) });
  return {
    id: t.id({
      description: idDescription,
      resolve: (parent, _args, context) => globalId(name, key(parent, context)),
    }),
  };
}

/**
 * Declares an object type that implements Node:
 *
 *     const Workflow = nodeType<WorkflowRow>('Workflow', {
 *       description: 'A workflow, in the state of its most recent report.',
 *       key: ({ workflowId }) => workflowId,
 *       load: fromList(workflowList, camelKeys),
 *       fields: (t) => exposedFields(t, { workflowId: id('Identifies the workflow.') }),
 *     });
 */
export function nodeType<Parent extends object>(
  name: string,
  {
    description,
    fields,
    ...identity
  }: NodeIdentity<Parent> & {
    readonly description: string;
    readonly fields: (t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Parent>) => FieldMap;
  },
): ObjectRef<GraphTypes, Parent> {
  requirements.set(name, identity.requires ?? 'read');
  return builder.objectRef<Parent>(name).implement({
    description,
    interfaces: nodeInterfaces,
    fields: (t) => ({ ...nodeFields(t, name, identity), ...fields(t) }),
  });
}

/** For `NodeIdentity.load`: the rows of a list by its id column. */
export function fromList<Row, Parent>(
  list: { readonly findAll: KeysetList<never, Row>['findAll'] },
  toNode: (row: Row) => Parent,
): (keys: readonly string[], context: { readonly db: Kysely<Database> }) => Promise<Found<Parent>> {
  return async (keys, { db }) =>
    new Map([...(await list.findAll(db, keys))].map(([key, row]) => [key, toNode(row)]));
}

/** For `NodeIdentity.load`: the newest values of a gauge by its key. */
export function fromGauge<Payload>(
  topic: Topic<Payload, 'LATEST'>,
): (keys: readonly string[], context: GraphContext) => Found<Payload> {
  return fromMemory((key, { journal }) => journal.gauges.newest(topic, key)?.payload);
}

/** For `NodeIdentity.load`: what a function finds by the key. */
export function fromMemory<Parent>(
  find: (key: string, context: GraphContext) => Parent | undefined,
): (keys: readonly string[], context: GraphContext) => Found<Parent> {
  return (keys, context) => {
    const found = new Map<string, Parent>();
    for (const key of keys) {
      const node = find(key, context);
      if (node !== undefined) found.set(key, node);
    }
    return found;
  };
}

const idsMax = 100;
/** A type and a key of at most 512 characters, in base64. */
const idBounds = { chars: [1, 4_096] } as const;

builder.queryField('node', (t) =>
  t.field({
    type: Node,
    nullable: true,
    requires: 'nothing',
    viewerDependent: true,
    description:
      'Returns the object with a global id. Null if the object does not exist, is no longer retained, or may not be seen ' +
      'by the viewer. Requires what the root fields that return the type require.',
    args: {
      id: t.arg.id({ required: true, bounds: idBounds, description: 'A value of the field `id` of a Node.' }),
    },
    resolve: (_root, { id }, context) => readNode(id, context),
  }),
);

builder.queryField('nodes', (t) =>
  t.field({
    type: [Node],
    nullable: { list: false, items: true },
    requires: 'nothing',
    viewerDependent: true,
    description: 'Returns the objects with global ids, in the given order, each as `node` does.',
    args: {
      ids: t.arg.idList({
        required: true,
        bounds: { items: idsMax, ...idBounds },
        description: `Values of the field \`id\` of a Node, at most ${idsMax}.`,
      }),
    },
    resolve: (_root, { ids }, context) => ids.map((id) => readNode(id, context)),
  }),
);

/** @throws AppError BAD_USER_INPUT: not a global id; AUTHENTICATION_FAILED or FORBIDDEN: the type requires more. */
async function readNode(id: string, context: GraphContext): Promise<object | null> {
  const [, type = '', key = ''] = /^(\w+):(.+)$/s.exec(Buffer.from(id, 'base64url').toString()) ?? [];
  if (type === '' || globalId(type, key) !== id)
    throw new AppError('BAD_USER_INPUT', 'id must be a global id from this server.', {
      details: { argument: 'id' },
    });
  const nodes = loaders.get(type);
  if (nodes === undefined || !isStorable(key)) return null;
  const error =
    nodes.requires === 'nothing' ? null : authorize({ requires: [nodes.requires] }, context.viewer);
  if (error !== null) throw error;
  const node = await nodes.load(context, key);
  if (node === undefined) return null;
  loadedTypes.set(node, type);
  return node;
}
