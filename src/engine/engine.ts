import { execute, OperationTypeNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Viewer } from '../auth/viewer.ts';
import type { GraphContext } from '../graph/context.ts';
import { maskResult, toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import { fitsResponse, isTooLarge, responseTooLarge } from '../graph/response-size.ts';
import type { Gauges } from '../journal/gauges.ts';
import { isDeeperThan } from '../lib/depth.ts';
import { MemoryBudget, memoryBudgetDefault } from '../lib/memory-budget.ts';
import { authorize } from './authorize.ts';
import { Complexity } from './complexity.ts';
import { documentRateLimit } from './document-rate-limit.ts';
import { Operations, type Asked } from './documents.ts';
import { RequestError, type Operation } from './operation.ts';
import { ReadTracker, ResponseCache } from './response-cache.ts';
import type { TrustedDocuments } from './trusted-documents.ts';
import { variablesOf, type Variables } from './variables.ts';

export interface Request extends Asked {
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Prepares every operation and executes queries and mutations. Every transport and every old system goes through it, so
 * limits, rights and masking are the same on each of them. Subscriptions are prepared here and served by `delivery/`.
 */
export interface Engine {
  readonly schema: GraphQLSchema;
  /** Parses, validates and authorizes a document. @throws RequestError with errors for the client. */
  prepare(request: Request, viewer: Viewer, address?: string): Operation;
  /** Whether the document was prepared before, so that preparing it is no work. */
  knows(request: Request): boolean;
  /** Runs a query or a mutation. Never rejects. */
  execute(operation: Operation, request: Request, viewer: Viewer): Promise<ExecutionResult>;
  /** The text of a response that was sent before and would be the same now; null: the query has to be executed. */
  cached(operation: Operation, request: Request): string | null;
  /** Coerces the variables of an operation and computes its cost. @throws when they are invalid or it costs too much. */
  measure(
    operation: Operation,
    request: Request,
    viewer: Viewer,
  ): { readonly variables: Variables; readonly cost: number };
}

export interface EngineOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  /** The only documents that clients may have executed; null: any. */
  readonly trusted?: TrustedDocuments | null;
  readonly context: (viewer: Viewer) => GraphContext;
  /** Cached responses are dropped when one of the gauges that they show changes. */
  readonly gauges: Gauges;
  readonly report: ReportUnknown;
  /** The JSON of a response. */
  readonly responseBytesMax?: number;
  readonly memory?: MemoryBudget;
}

export function createEngine(options: EngineOptions): Engine {
  const { schema, report, responseBytesMax = limits.responseBytesMax } = options;
  const { memory = new MemoryBudget(memoryBudgetDefault) } = options;
  const operations = new Operations(schema, { ...options, memory: memory.share('documents') });
  const complexity = new Complexity(schema);
  const admitNew = documentRateLimit(report);
  const responses = new ResponseCache(options.gauges, memory.share('responses'));

  return {
    schema,
    prepare(request, viewer, address) {
      const operation = operations.prepare(request, admitNew(viewer, address ?? null));
      const refusal = authorize(operation, viewer);
      if (refusal !== null) throw new RequestError([toGraphQLError(refusal, report)]);
      return operation;
    },
    knows: (request) => operations.knows(request),
    async execute(operation, request, viewer) {
      try {
        const key = responseKey(operation, request);
        const known = key === null ? null : responses.find(key);
        if (known !== null) return known.result;
        const variables = variablesOf(schema, operation, request.variables);
        const reading = new ReadTracker();
        const context = options.context(viewer);
        complexity.of(operation, variables, () => context);
        const { document } = operation;
        const given = await execute({
          schema,
          document,
          contextValue: key === null ? context : reading.context(context),
          variableValues: variables.raw,
        });
        const tooLarge = given.errors?.find(isTooLarge)?.originalError;
        if (tooLarge) throw tooLarge; // of a part: the rest alone would be taken for the whole
        if (!fitsResponse(given, responseBytesMax)) throw responseTooLarge(responseBytesMax);
        const result = maskResult(given, report);
        if (key !== null) responses.keep(key, result, reading);
        return result;
      } catch (error) {
        return { errors: error instanceof RequestError ? error.errors : [toGraphQLError(error, report)] };
      }
    },
    cached(operation, request) {
      const key = responseKey(operation, request);
      return key === null ? null : (responses.find(key)?.text ?? null);
    },
    measure(operation, request, viewer) {
      const variables = variablesOf(schema, operation, request.variables);
      return { variables, cost: complexity.of(operation, variables, () => options.context(viewer)) };
    },
  };
}

/** Equal for queries with equal responses for every viewer who may execute them; null: responses may differ. */
function responseKey(operation: Operation, { variables }: Request): string | null {
  if (operation.kind !== OperationTypeNode.QUERY || operation.viewerDependent) return null;
  if (!variables) return operation.text;
  if (isDeeperThan(variables, limits.valueDepthMax)) return null; // execution rejects it
  return `${operation.text}\n${JSON.stringify(variables)}`;
}
