import { execute, OperationTypeNode, type ExecutionResult } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import type { GraphContext } from '../graph/context.ts';
import { maskResult, toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import { fitsResponse, isTooLarge, responseTooLarge } from '../graph/response-size.ts';
import { formatCursor } from '../journal/cursor.ts';
import type { Journal } from '../journal/journal.ts';
import { isDeeperThan } from '../lib/depth.ts';
import { gate } from '../lib/gate.ts';
import { refusalOf } from './admission.ts';
import { Answers, Reading } from './answers.ts';
import { Costs } from './cost.ts';
import { MemoryBudget, memoryBudgetDefault } from '../lib/memory-budget.ts';
import type { AddressBound } from '../lib/places.ts';
import type { Encoder } from './encoder.ts';
import { FrameMemory } from './framed.ts';
import { Groups, type AccessEnded, type FanoutFigures } from './groups.ts';
import type { Member, Reader } from './member.ts';
import { newDocuments } from './new-documents.ts';
import { News } from './news.ts';
import { Operations, Refused, type Asked, type Operation } from './operation.ts';
import { variablesOf } from './variables.ts';
import { Stages } from './stages.ts';
import type { TrustedDocuments } from './trusted.ts';

/** Readers far behind that read the store at the same time. */
const loadingMax = 8;

export interface Request extends Asked {
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface SubscribeOptions<Frame> {
  readonly encoder: Encoder<Frame>;
  readonly reader: Reader;
  /** The client's; absent: it counts for no address. */
  readonly address?: string;
  /** Nothing will come any more: after an error, or null because the server ends it. Called once. */
  readonly ended: (error: unknown) => void;
  /** Resumes after this cursor, whatever the document says. */
  readonly after?: string;
  /** Of what was missed, at most this many entries, the newest. */
  readonly replayMax?: number;
  /** Told what it will cost a second before it begins; an error thrown here refuses it. */
  readonly admit?: (cost: number) => void;
}

/**
 * The one way into the graph. Every transport and every dialect comes through here, so limits, rights, masking and
 * sharing hold on each of them alike.
 */
export interface Door {
  readonly schema: GraphQLSchema;
  /** @throws Refused with errors for the client. */
  prepare(request: Request, viewer: Viewer, address?: string): Operation;
  /** Whether the document was prepared before, so that preparing it is no work. */
  knows(request: Request): boolean;
  /** Runs a query or a mutation. Never rejects. */
  execute(operation: Operation, request: Request, viewer: Viewer): Promise<ExecutionResult>;
  /** The text of an answer that was given before and would be the same now; null: it has to be executed. */
  remembered(operation: Operation, request: Request): string | null;
  /** Joins a subscription. @throws Refused */
  subscribe<Frame>(
    operation: Operation,
    request: Request,
    viewer: Viewer,
    options: SubscribeOptions<Frame>,
  ): Promise<Member<Frame>>;
  /** The end of the log as a cursor: subscribing after it yields what happens from now on. */
  head(): string;
  /** Mean time from a value's arrival in the journal to its writing, last 60 s, milliseconds; null without any. */
  messageLatencyMs(): number | null;
  /** What is subscribed to now, and how it goes. */
  figures(): FanoutFigures;
  /** Ends every subscription. */
  close(): void;
}

export interface DoorOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  /** The only documents that clients may have executed; null: any. */
  readonly trusted?: TrustedDocuments | null;
  readonly context: (viewer: Viewer) => GraphContext;
  readonly journal: Journal;
  readonly report: ReportUnknown;
  /** The JSON of a response, or of one result of a subscription. */
  readonly responseBytesMax?: number;
  /** What may be held in memory. */
  readonly memory?: MemoryBudget;
  /** What the subscriptions of one address may hold, in bytes; null: any number. */
  readonly bytesPerAddress?: AddressBound | null;
  /** A subscription ended because its reader may no longer see it. */
  readonly accessEnded?: AccessEnded;
}

export function openDoor(options: DoorOptions): Door {
  const { schema, report, journal, responseBytesMax = limits.responseBytesMax } = options;
  const { log } = journal;
  const { memory = new MemoryBudget(memoryBudgetDefault), bytesPerAddress = null } = options;
  const operations = new Operations(schema, { ...options, memory: memory.share('documents') });
  const costs = new Costs(schema);
  const stages = new Stages();
  const news = new News(journal, (entry) => stages.arrived(entry));
  const admitNew = newDocuments(report);
  const answers = new Answers(journal.gauges, memory.share('responses'));
  const frames = memory.share('frames');
  const frameMemory = new FrameMemory(frames.bytesMax);
  frames.observe(() => frameMemory.bytes);
  const groups = new Groups({
    ...options,
    stages,
    news,
    memory: frameMemory,
    share: memory.share('subscriptions'),
    perAddress: bytesPerAddress,
    load: gate(loadingMax),
    responseBytesMax,
  });

  function admit(operation: Operation, viewer: Viewer): void {
    const refusal = refusalOf(operation, viewer);
    if (refusal !== null) throw new Refused([toGraphQLError(refusal, report)]);
  }

  return {
    schema,
    prepare(request, viewer, address) {
      const operation = operations.prepare(request, admitNew(viewer, address ?? null));
      admit(operation, viewer);
      return operation;
    },
    knows: (request) => operations.knows(request),
    async execute(operation, request, viewer) {
      try {
        const key = answerKey(operation, request);
        const known = key === null ? null : answers.find(key);
        if (known !== null) return known.result;
        const variables = variablesOf(schema, operation, request.variables);
        const reading = new Reading();
        const context = options.context(viewer);
        costs.of(operation, variables, () => context);
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
        if (key !== null) answers.keep(key, result, reading);
        return result;
      } catch (error) {
        return { errors: error instanceof Refused ? error.errors : [toGraphQLError(error, report)] };
      }
    },
    remembered(operation, request) {
      const key = answerKey(operation, request);
      return key === null ? null : (answers.find(key)?.text ?? null);
    },
    async subscribe(operation, request, viewer, wanted) {
      try {
        if (operation.kind !== OperationTypeNode.SUBSCRIPTION)
          throw new AppError('BAD_USER_INPUT', 'Only a subscription can be subscribed to.');
        const variables = variablesOf(schema, operation, request.variables);
        const cost = costs.of(operation, variables, () => options.context(viewer));
        wanted.admit?.(cost);
        return await groups.join(operation, variables, viewer, {
          encoder: wanted.encoder,
          reader: wanted.reader,
          address: wanted.address ?? null,
          ended: wanted.ended,
          after: wanted.after ?? variables.after,
          replayMax: wanted.replayMax ?? null,
        });
      } catch (error) {
        throw error instanceof Refused ? error : new Refused([toGraphQLError(error, report)]);
      }
    },
    head: () => formatCursor(log.epoch, log.head()),
    messageLatencyMs: () => stages.writtenMs(),
    figures: () => groups.figures(),
    close() {
      groups.close();
      news[Symbol.dispose]();
    },
  };
}

/** Equal for queries that get equal answers, whoever of those who may ask them does; null: for others it may differ. */
function answerKey(operation: Operation, { variables }: Request): string | null {
  if (operation.kind !== OperationTypeNode.QUERY || operation.viewerDependent) return null;
  if (!variables) return operation.text;
  if (isDeeperThan(variables, limits.valueDepthMax)) return null; // it is not going to be executed
  return `${operation.text}\n${JSON.stringify(variables)}`;
}
