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
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { LRUCache } from 'lru-cache';
import type { GraphContext } from '../graph/context.ts';
import { withCode } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import { isSized, sizeArguments, sizeOf } from '../graph/list-size.ts';
import { textWeights } from '../graph/text-size.ts';
import { resultsPerSecond } from '../graph/stream.ts';
import { RequestError, type Operation } from './operation.ts';
import type { Variables } from './variables.ts';

/** What was reckoned for one operation. */
interface ComplexityResult {
  /** The variables on which its cost depends. */
  readonly variables: readonly string[];
  /** By their values. */
  readonly costs: LRUCache<string, number>;
}

/** Complexity of one operation that are remembered, for as many values of its variables. */
const rememberedMax = 20;

/** Arguments of fields and directives that change what a result costs, or how often there is one. */
const weighty: ReadonlySet<string> = new Set([...sizeArguments, 'everyMs', 'if']);

/**
 * What operations cost, before they are executed: the values of a result, lists at the length that is asked for, long
 * texts as several values, and of a subscription the values of a second; and the entries of lists in its variables. ComplexityResult once for an operation, and again only for other sizes and paces.
 */
export class Complexity {
  readonly #schema: GraphQLSchema;
  readonly #pages: ReadonlySet<GraphQLNamedType>;
  readonly #textWeight: ReturnType<typeof textWeights>;
  readonly #reckoned = new WeakMap<Operation, ComplexityResult>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    this.#pages = pagesOf(schema);
    this.#textWeight = textWeights(schema);
  }

  /** @param context asked only of a subscription, for its pace. @throws RequestError when it costs too much. */
  of(operation: Operation, variables: Variables, context: () => GraphContext): number {
    const { variables: names, costs } = this.#reckonedOf(operation);
    const key = names.length === 0 ? '' : JSON.stringify(names.map((name) => variables.all[name]));
    let cost = costs.get(key);
    if (cost === undefined) {
      cost = Math.ceil(this.#reckon(operation, variables, context));
      costs.set(key, cost);
    }
    cost += entriesIn(variables.raw);
    if (cost > limits.costMax) throw new RequestError([tooExpensive(operation, cost)]);
    return cost;
  }

  #reckonedOf(operation: Operation): ComplexityResult {
    let own = this.#reckoned.get(operation);
    if (own === undefined) {
      own = { variables: weightyVariables(operation), costs: new LRUCache({ max: rememberedMax }) };
      this.#reckoned.set(operation, own);
    }
    return own;
  }

  #reckon({ document, root }: Operation, { all, raw }: Variables, context: () => GraphContext): number {
    const asked = { schema: this.#schema, query: document, variables: raw };
    let values: number;
    try {
      values = getComplexity({ ...asked, estimators: [this.#estimator()] });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      throw new RequestError([withCode(error, 'BAD_REQUEST')]); // fragments within fragments, too many to count
    }
    const declared = root?.field.extensions.stream;
    if (root === null || declared === undefined) return values;
    return values * resultsPerSecond(declared, getArgumentValues(root.field, root.node, all), context());
  }

  /**
   * For one document. A field comes after all that is below it, so what the lists of a page hold is put aside until the
   * page itself comes and says how long they are.
   */
  #estimator(): ComplexityEstimator {
    let perEntry = 0;
    return ({ field, type, args, childComplexity }) => {
      if (field.name.startsWith('__')) return field.name === '__typename' ? 1 : 0;
      const named = getNamedType(field.type);
      if (isListType(getNullableType(field.type))) {
        if (!isCompositeType(named)) return 1 + this.#textWeight(field);
        if (!this.#pages.has(type)) return 1 + sizeOf(field, args) * childComplexity;
        perEntry += childComplexity;
        return 1;
      }
      if (!this.#pages.has(named)) return 1 + this.#textWeight(field) + childComplexity;
      const entries = sizeOf(field, args) * perEntry;
      perEntry = 0;
      return 1 + childComplexity + entries;
    };
  }
}

/** Entries of the lists that a client sends. */
function entriesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let entries = Array.isArray(value) ? value.length : 0;
  for (const inner of Object.values(value)) entries += entriesIn(inner);
  return entries;
}

/** Types whose lists are as long as the arguments of the field say that gives them: connections and the like. */
function pagesOf(schema: GraphQLSchema): ReadonlySet<GraphQLNamedType> {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) || isInterfaceType(type),
  );
  const sized = types.flatMap((type) => Object.values(type.getFields())).filter(isSized);
  const single = sized.filter(({ type }) => !isListType(getNullableType(type)));
  return new Set(single.map(({ type }) => getNamedType(type)));
}

function weightyVariables({ document }: Operation): string[] {
  const names = new Set<string>();
  visit(document, {
    Argument: ({ name, value }) => {
      if (value.kind === Kind.VARIABLE && weighty.has(name.value)) names.add(value.name.value);
    },
  });
  return [...names];
}

function tooExpensive({ root }: Operation, cost: number): GraphQLError {
  const { costMax } = limits;
  const what = root === null ? `${cost} values` : `${cost} values a second`;
  const message = `This would be ${what}; at most ${costMax} are served. Ask for shorter lists or fewer fields.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', cost, costMax } });
}
