import type { InterfaceRef, ObjectRef } from '@pothos/core';
import { AppError } from '../errors.ts';
import { builder, type GraphTypes } from './builder.ts';
import { listArgs, type KeysetConnection } from './keyset-connection.ts';
import type { ConnectionArguments } from './keyset-page.ts';
import { loadNode, requirementOf } from './node.ts';
import type { Requirement } from './rules.ts';

/**
 * Fields that lead from one noun to another. A link is declared in a file of its own (`links.graph.ts`), so that nouns
 * do not import each other in circles. It requires of the viewer what the root fields of the other noun require, and
 * reads the links of all objects of one level together.
 */

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    /** Of a link: the name of the type, or of the query field, to which it leads. */
    link?: string;
  }
}

type Linked<Parent extends object> = ObjectRef<GraphTypes, Parent> | InterfaceRef<GraphTypes, Parent>;

export interface NodeLink<Parent extends object> {
  /** A type that `nodeType` declared. */
  readonly to: { readonly name: string };
  readonly description: string;
  /** The natural key of the other object. Null: there is none. */
  readonly key: (parent: Parent) => string | null;
}

/**
 * Adds a field that returns the present state of another object, and null if it is unknown or no longer retained:
 *
 *     nodeLink(JobRun, 'job', { to: Job, description: 'The job.', key: ({ jobId }) => jobId });
 */
export function nodeLink<Parent extends object>(
  parent: Linked<Parent>,
  field: string,
  link: NodeLink<Parent>,
): void {
  addField(parent, field, (t) => linkField(t, link));
}

/**
 * The same for the fields of a type whose noun is also that of the other type, as of an event and its object:
 *
 *     fields: (t) => ({ upload: linkField(t, { to: Upload, description: 'The upload.', key: … }) }),
 */
export function linkField<Parent extends object>(
  t: PothosSchemaTypes.RootFieldBuilder<GraphTypes, Parent, 'Object' | 'Interface'>,
  { to, description, key }: NodeLink<Parent>,
) {
  return t.field({
    type: to as ObjectRef<GraphTypes, object>,
    nullable: true,
    ...requiring(requirementOf(to.name)),
    extensions: { link: to.name },
    description,
    resolve: (source: Parent, _args, context) => {
      const wanted = key(source);
      return wanted === null ? null : loadNode(to.name, wanted, context);
    },
  });
}

/**
 * Adds a field that returns the items of a list that belong to an object, in pages. The other parts of the list's filter
 * can be given:
 *
 *     connectionLink(Job, 'runs', jobRuns, {
 *       description: 'The runs of the job that ended, the last ended first.',
 *       of: ({ jobId }) => ({ jobId }),
 *     });
 */
export function connectionLink<Parent extends object, Given extends object>(
  parent: Linked<Parent>,
  field: string,
  connection: KeysetConnection<Given>,
  {
    description,
    of,
  }: {
    readonly description: string;
    /** The parts of the filter that the object determines. They cannot be given as well. */
    readonly of: (parent: Parent) => Partial<Given>;
  },
): void {
  const { type, viewerDependent, requires } = connection;
  addField(parent, field, (t) =>
    t.field({
      type,
      ...requiring(requires),
      ...(viewerDependent ? { viewerDependent } : {}),
      extensions: { link: connection.field },
      description,
      args: listArgs(t.arg, connection),
      resolve: (source, given, context, info) => {
        const args: ConnectionArguments & { readonly filter?: Partial<Given> | null } = given;
        const own = of(source);
        rejectGiven(Object.keys(own), args.filter ?? {}, field);
        return connection.read({ ...args, filter: { ...args.filter, ...own } }, context, info);
      },
    }),
  );
}

/** @throws AppError BAD_USER_INPUT if the filter has a part that the object determines. */
function rejectGiven(own: readonly string[], given: object, field: string): void {
  const twice = own.find((part) => ((given as Readonly<Record<string, unknown>>)[part] ?? null) !== null);
  if (twice === undefined) return;
  throw new AppError('BAD_USER_INPUT', `filter.${twice} must be omitted in ${field}.`, {
    details: { argument: `filter.${twice}`, allowed: 'omitted' },
  });
}

/** A root field may require nothing; a link always requires access to the data. */
function requiring(requires: Requirement) {
  return { requires: requires === 'nothing' ? ('read' as const) : requires };
}

function addField<Parent extends object>(
  parent: Linked<Parent>,
  field: string,
  declare: (
    t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Parent>,
  ) => never | ReturnType<typeof t.field>,
): void {
  builder.objectField(parent as ObjectRef<GraphTypes, Parent>, field, declare as never);
}
