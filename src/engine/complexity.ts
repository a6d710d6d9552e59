import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { LRUCache } from 'lru-cache';
import type { GraphContext } from '../graph/context.ts';
import { withCode } from '../graph/errors.ts';
import { fragmentsOf } from '../graph/fragments.ts';
import { limits } from '../graph/limits.ts';
import { isSized, sizeArguments, expectedListSize } from '../graph/list-size.ts';
import { textWeights } from '../graph/text-size.ts';
import { resultsPerSecond } from '../graph/stream.ts';
import { getOrCreate } from '../lib/get-or-create.ts';
import { introspectionSizes, type IntrospectionSize } from './introspection-size.ts';
import { RequestError, type Operation } from './operation.ts';
import type { Variables } from './variables.ts';

/** The computed costs of one operation. */
interface OperationCosts {
  /** The variables on which the cost depends. */
  readonly variables: readonly string[];
  /** Costs by the values of these variables. */
  readonly costs: LRUCache<string, number>;
}

/** Cached costs per operation, for different values of its variables. */
const costsMax = 20;

/** Arguments of fields and directives on which the size of a result, or the rate of results, depends. */
const costArguments: ReadonlySet<string> = new Set([...sizeArguments, 'everyMs', 'if']);

/**
 * Computes the cost of operations before they are executed: the number of values in the result, with lists at their
 * requested length and long texts as several values, plus the list items in the variables. For subscriptions, the
 * values per second. A cost is computed once per operation and combination of sizes and intervals.
 */
export class Complexity {
  readonly #schema: GraphQLSchema;
  readonly #pages: ReadonlySet<GraphQLNamedType>;
  readonly #textWeight: ReturnType<typeof textWeights>;
  readonly #introspectionSize: IntrospectionSize;
  readonly #costs = new WeakMap<Operation, OperationCosts>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    this.#pages = pagesOf(schema);
    this.#textWeight = textWeights(schema);
    this.#introspectionSize = introspectionSizes(schema);
  }

  /** @param context called only for subscriptions, for their interval. @throws RequestError if the cost is too high. */
  of(operation: Operation, variables: Variables, context: () => GraphContext): number {
    const { variables: names, costs } = getOrCreate(this.#costs, operation, () => ({
      variables: costVariables(operation),
      costs: new LRUCache<string, number>({ max: costsMax }),
    }));
    const key = names.length === 0 ? '' : JSON.stringify(names.map((name) => variables.coerced[name]));
    let cost = costs.get(key);
    if (cost === undefined) {
      cost = Math.ceil(this.#compute(operation, variables, context));
      costs.set(key, cost);
    }
    cost += listItemsIn(variables.raw);
    if (cost > limits.costMax) throw new RequestError([tooExpensive(operation, cost)]);
    return cost;
  }

  #compute({ document, root }: Operation, { coerced, raw }: Variables, context: () => GraphContext): number {
    let values: number;
    try {
      values = getComplexity({
        schema: this.#schema,
        query: document,
        variables: raw,
        estimators: [this.#estimator(document)],
      });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      throw new RequestError([withCode(error, 'BAD_REQUEST')]); // nested fragments exceed the limit of nodes
    }
    const declared = root?.field.extensions.stream;
    if (root === null || declared === undefined) return values;
    return values * resultsPerSecond(declared, getArgumentValues(root.field, root.node, coerced), context());
  }

  /**
   * An estimator for one document. It is called for a field after the fields below it, so the cost of an item is kept
   * for each list of a page until it is called for the page, whose arguments determine the number of items. Each item
   * counts at least once, as it is read also if only the position of the page is selected.
   */
  #estimator(document: DocumentNode): ComplexityEstimator {
    const itemCosts = new Map<FieldNode, number>();
    const fragments = fragmentsOf(document);
    return ({ field, node, type, args, childComplexity }) => {
      if (field.name === '__typename') return 1;
      if (field.name.startsWith('__') || type.name.startsWith('__'))
        return 1 + this.#introspectionSize(type.name, field.name) * childComplexity;
      const named = getNamedType(field.type);
      if (isListType(getNullableType(field.type))) {
        if (!isCompositeType(named)) return 1 + this.#textWeight(field);
        if (!this.#pages.has(type)) return 1 + expectedListSize(field, args) * childComplexity;
        itemCosts.set(node, childComplexity);
        return 1;
      }
      if (!this.#pages.has(named)) return 1 + this.#textWeight(field) + childComplexity;
      let perItem = 0;
      let readsItems = false;
      for (const inner of fieldsIn(node, fragments)) {
        perItem += itemCosts.get(inner) ?? 0;
        readsItems ||= inner.name.value === 'pageInfo' || itemCosts.has(inner);
      }
      const items = expectedListSize(field, args) * Math.max(perItem, readsItems ? 1 : 0);
      return 1 + childComplexity + items;
    };
  }
}

/** The fields that are selected of a field's value, also in fragments. */
function fieldsIn(
  { selectionSet }: Pick<FieldNode, 'selectionSet'>,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return inner === undefined ? [] : fieldsIn(inner, fragments);
  });
}

/** Number of list items in variables. */
function listItemsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let items = Array.isArray(value) ? value.length : 0;
  for (const inner of Object.values(value)) items += listItemsIn(inner);
  return items;
}

/** Types whose lists have the length that the arguments of their parent field determine, such as connections. */
function pagesOf(schema: GraphQLSchema): ReadonlySet<GraphQLNamedType> {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) || isInterfaceType(type),
  );
  const sized = types.flatMap((type) => Object.values(type.getFields())).filter(isSized);
  const single = sized.filter(({ type }) => !isListType(getNullableType(type)));
  return new Set(single.map(({ type }) => getNamedType(type)));
}

/** The variables that are passed to `costArguments`. */
function costVariables({ document }: Operation): string[] {
  const names = new Set<string>();
  visit(document, {
    Argument: ({ name, value }) => {
      if (value.kind === Kind.VARIABLE && costArguments.has(name.value)) names.add(value.name.value);
    },
  });
  return [...names];
}

function tooExpensive({ root }: Operation, cost: number): GraphQLError {
  const { costMax } = limits;
  const unit = root === null ? 'values' : 'values per second';
  const message = `The cost of ${cost} ${unit} exceeds the limit of ${costMax}. Request shorter lists or fewer fields.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', cost, costMax } });
}
