import {
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
} from 'graphql';

/** Differences between the schema of the last release and the present one that can make a client fail. */

export interface SchemaComparison {
  /** Changes that no line of the list of intended changes records. */
  readonly unintended: readonly string[];
  /** Lines of the list of intended changes that no change corresponds to. */
  readonly stale: readonly string[];
}

/**
 * @param released, present schemas in the schema definition language.
 * @param intended the list of intended changes: one change a line, empty lines, and comments that begin with `#`.
 */
export function compareSchemas(released: string, present: string, intended: string): SchemaComparison {
  const changes = breakingChanges(buildSchema(released), buildSchema(present));
  const recorded = new Set(intendedChanges(intended));
  return {
    unintended: changes.filter((change) => !recorded.has(change)),
    stale: [...recorded].filter((change) => !changes.includes(change)),
  };
}

/**
 * Other dangerous changes are allowed: clients have to expect new enum values, union members and optional arguments,
 * as docs/clients.md states.
 */
function breakingChanges(released: GraphQLSchema, present: GraphQLSchema): readonly string[] {
  const dangerous = findDangerousChanges(released, present).filter(
    ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
  );
  return [...findBreakingChanges(released, present), ...dangerous]
    .map(({ type, description }) => `${type}: ${description}`)
    .sort();
}

function intendedChanges(list: string): readonly string[] {
  return list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
