import { execute, OperationTypeNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Viewer } from '../auth/viewer.ts';
import type { GraphContext } from '../graph/context.ts';
import { maskResult, toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import { fitsResponse, isResponseTooLarge, responseTooLarge } from '../graph/response-size.ts';
import type { Gauges } from '../journal/gauges.ts';
import { isDeeperThan } from '../lib/depth.ts';
import { MemoryBudget, memoryBudgetDefault } from '../lib/memory-budget.ts';
import { authorize } from '../graph/authorize.ts';
import { Complexity } from './complexity.ts';
import { documentGuards, ownerOf } from './document-guard.ts';
import { Operations, type DocumentRequest } from './documents.ts';
import { RequestError, type Operation } from './operation.ts';
import { ReadTracker, ResponseCache } from './response-cache.ts';
import type { TrustedDocuments } from './trusted-documents.ts';
import { coerceVariables, type Variables } from './variables.ts';

export interface Request extends DocumentRequest {
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** The span of the client that the operation continues, where it does not come with an HTTP request. */
  readonly traceparent?: string | undefined;
}

/**
 * Prepares every operation, and executes queries and mutations. All transports and old systems use it, so limits,
 * authorization and masking of errors are the same on all of them. It knows no transport. Subscriptions are prepared
 * here and served by `delivery/`.
 */
export interface Engine {
  readonly schema: GraphQLSchema;
  /** Parses, validates and authorizes a document. @throws RequestError with errors for the client. */
  prepare(request: Request, viewer: Viewer, address?: string): Operation;
  /** Whether the document is cached, so that preparing it costs almost nothing. */
  isCached(request: Request): boolean;
  /** Executes a query or a mutation. Never rejects. */
  execute(operation: Operation, request: Request, viewer: Viewer): Promise<ExecutionResult>;
  /** The cached response of a query, as JSON. Null: the query has to be executed. */
  cachedResponse(operation: Operation, request: Request): string | null;
  /** Coerces the variables and computes the cost. @throws RequestError if they are invalid or the cost is too high. */
  measure(
    operation: Operation,
    request: Request,
    viewer: Viewer,
  ): { readonly variables: Variables; readonly cost: number };
}

export interface EngineOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  /** The only documents that clients can execute. Null: any document. */
  readonly trusted?: TrustedDocuments | null;
  readonly context: (viewer: Viewer) => GraphContext;
  /** A cached response is dropped when a gauge changes that its resolvers have read. */
  readonly gauges: Gauges;
  readonly report: ReportUnknown;
  /** Maximum size of a response. */
  readonly responseBytesMax?: number;
  readonly memory?: MemoryBudget;
}

export function createEngine(options: EngineOptions): Engine {
  const { schema, report, responseBytesMax = limits.responseBytesMax } = options;
  const { memory = new MemoryBudget(memoryBudgetDefault) } = options;
  const operations = new Operations(schema, { ...options, memory: memory.share('documents') });
  const complexity = new Complexity(schema);
  const guardFor = documentGuards(report);
  const responses = new ResponseCache(options.gauges, memory.share('responses'));

  return {
    schema,
    prepare(request, viewer, address) {
      const operation = operations.prepare(request, guardFor(viewer, address ?? null));
      const refusal = authorize(operation, viewer);
      if (refusal !== null) throw new RequestError([toGraphQLError(refusal, report)]);
      if (request.sha256Hash) operations.persist(request, ownerOf(viewer, address ?? null));
      return operation;
    },
    isCached: (request) => operations.isCached(request),
    async execute(operation, request, viewer) {
      try {
        const key = responseKey(operation, request);
        const cached = key === null ? null : responses.find(key);
        if (cached !== null) return cached.result;
        const variables = coerceVariables(schema, operation, request.variables);
        const reads = new ReadTracker();
        const context = options.context(viewer);
        complexity.of(operation, variables, () => context);
        const { document } = operation;
        const executed = await execute({
          schema,
          document,
          contextValue: key === null ? context : reads.tracked(context),
          variableValues: variables.raw,
        });
        const tooLarge = executed.errors?.find(isResponseTooLarge)?.originalError;
        if (tooLarge) throw tooLarge; // rejects the whole response: clients would take a partial one for complete
        if (!fitsResponse(executed, responseBytesMax)) throw responseTooLarge(responseBytesMax);
        const result = maskResult(executed, report);
        if (key !== null) responses.add(key, result, reads);
        return result;
      } catch (error) {
        return { errors: error instanceof RequestError ? error.errors : [toGraphQLError(error, report)] };
      }
    },
    cachedResponse(operation, request) {
      const key = responseKey(operation, request);
      return key === null ? null : (responses.find(key)?.text ?? null);
    },
    measure(operation, request, viewer) {
      const variables = coerceVariables(schema, operation, request.variables);
      return { variables, cost: complexity.of(operation, variables, () => options.context(viewer)) };
    },
  };
}

/** The cache key: equal for queries with equal responses for all viewers. Null: the responses may differ. */
function responseKey(operation: Operation, { variables }: Request): string | null {
  if (operation.kind !== OperationTypeNode.QUERY || operation.viewerDependent) return null;
  if (!variables) return operation.text;
  if (isDeeperThan(variables, limits.valueDepthMax)) return null; // such variables are rejected by the execution
  return `${operation.text}\n${JSON.stringify(variables)}`;
}
