import {
  execute,
  getArgumentValues,
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { may, type Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import type { GraphContext } from '../graph/context.ts';
import { maskResult, toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import type { EventStream, GaugeStream, StreamArgs } from '../graph/stream.ts';
import { formatCursor } from '../journal/cursor.ts';
import type { EventLog } from '../journal/journal.ts';
import { openReader } from '../journal/reader.ts';
import { gate } from '../lib/gate.ts';
import { LastMinute } from '../lib/last-minute.ts';
import { Group, type Encoder } from './group.ts';
import { Member, type MemberEvents } from './member.ts';
import { Operations, Refused, variablesOf, type Operation } from './operation.ts';
import { gaugePosition, GaugeValues, logPosition, type Position } from './position.ts';
import { PacedRounds } from './rounds.ts';

/** A value at most this old is shown to whoever asks; an older one is sampled anew first. */
const freshMs = 2_000;
/** A source that does not answer by then does not hold up the reader. */
const freshenWaitMs = 400;
/** Readers far behind that read the store at the same time. */
const loadingMax = 8;

export interface Request {
  readonly query: string | DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface SubscribeOptions<Frame> {
  readonly encoder: Encoder<Frame>;
  readonly events: MemberEvents;
  /** Resumes after this cursor, whatever the document says. */
  readonly after?: string;
  /** Of what was missed, at most this many entries, the newest. */
  readonly replayMax?: number;
}

/**
 * The one way into the graph. Every transport and every dialect comes through here, so limits, rights, masking and
 * sharing hold on each of them alike.
 */
export interface Door {
  readonly schema: GraphQLSchema;
  /** @throws Refused with errors for the client. */
  prepare(request: Request, viewer: Viewer): Operation;
  /** Runs a query or a mutation. Never rejects. */
  execute(operation: Operation, request: Request, viewer: Viewer): Promise<ExecutionResult>;
  /** Joins a subscription. @throws Refused */
  subscribe<Frame>(
    operation: Operation,
    request: Request,
    viewer: Viewer,
    options: SubscribeOptions<Frame>,
  ): Promise<Member<Frame>>;
  /** The end of the log as a cursor: subscribing after it yields what happens from now on. */
  head(): string;
  /** Mean time from a value's arrival in the journal to its reader taking it, last 60 s, milliseconds; null without any. */
  messageLatencyMs(): number | null;
  /** Ends every subscription. */
  close(): void;
}

export interface DoorOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly context: (viewer: Viewer) => GraphContext;
  readonly log: EventLog;
  readonly report: ReportUnknown;
}

/** What a group's members read, and what wakes them. */
interface Feed {
  readonly position: (after: string | null, replayMax: number | null) => Promise<Position>;
  readonly stop: () => void;
}

/** A group in use. It is let go of when the last of those who hold it has released it. */
interface Live extends Feed {
  readonly group: Group<unknown>;
  readonly members: Set<Member<unknown>>;
  holders: number;
}

export function openDoor(options: DoorOptions): Door {
  const { schema, report } = options;
  const operations = new Operations(schema, { introspection: options.introspection });
  const live = new Map<string, Live>();
  const load = gate(loadingMax);
  const latencies = new LastMinute();

  function admit(operation: Operation, viewer: Viewer): void {
    const lacking = operation.requires.filter((capability) => !may(viewer, capability));
    if (lacking.length === 0) return;
    const code = viewer.authenticated ? 'FORBIDDEN' : 'AUTHENTICATION_FAILED';
    throw new Refused([
      new GraphQLError(`This needs the capability ${lacking.join(', ')}.`, {
        extensions: { code, requires: lacking },
      }),
    ]);
  }

  /** Members of equal view share frames; the view is derived from what the fields declare. */
  function viewOf(operation: Operation, viewer: Viewer): string {
    const allowed = operation.requires.join(',');
    return operation.viewerDependent ? `${allowed}@${viewer.subject}` : allowed;
  }

  function open<Frame>(
    operation: Operation,
    variables: { all: Record<string, unknown>; raw: Record<string, unknown> },
    viewer: Viewer,
    encoder: Encoder<Frame>,
  ): Live {
    const key = JSON.stringify([
      operation.text,
      ordered(variables.all),
      viewOf(operation, viewer),
      encoder.id,
    ]);
    const known = live.get(key);
    if (known !== undefined) return known;
    const group = new Group<Frame>({
      key,
      schema,
      document: operation.document,
      variables: variables.raw,
      encoder,
      context: () => options.context(viewer),
      report,
    });
    const opened = start(group, operation, variables.all, options.context(viewer));
    live.set(key, opened);
    return opened;
  }

  function start(
    group: Group<unknown>,
    operation: Operation,
    variables: Record<string, unknown>,
    context: GraphContext,
  ): Live {
    if (operation.root === null) throw new Error('a subscription without a root field was let in');
    const { field, node } = operation.root;
    const declared = field.extensions.stream;
    if (declared === undefined) throw new Error(`${field.name} declares no stream`);
    const args = getArgumentValues(field, node, variables) as StreamArgs;
    const members = new Set<Member<unknown>>();
    const wake = (): void => {
      for (const member of members) member.due();
    };
    const feed: Feed =
      declared.delivery === 'LATEST'
        ? readGauge(declared, args, context, wake)
        : readLog(declared, args, context, wake);
    return { group, members, holders: 0, ...feed };
  }

  function release(held: Live): void {
    if (--held.holders > 0) return;
    live.delete(held.group.key);
    held.stop();
  }

  async function join<Frame>(
    held: Live,
    after: string | null,
    wanted: SubscribeOptions<Frame>,
  ): Promise<Member<Frame>> {
    held.holders++;
    const joinedAt = Date.now();
    try {
      const member: Member<Frame> = new Member<Frame>({
        group: held.group as Group<Frame>,
        position: await held.position(after, wanted.replayMax ?? null),
        events: wanted.events,
        delivered({ recordedAt }) {
          if (recordedAt < joinedAt) return; // what was there before is no news
          const now = Date.now();
          latencies.add(now - recordedAt, now);
        },
        load,
        leave: () => {
          held.members.delete(member);
          release(held);
        },
      });
      held.members.add(member);
      return member;
    } catch (error) {
      release(held);
      throw error;
    }
  }

  return {
    schema,
    prepare(request, viewer) {
      const operation = operations.prepare(request.query, request.operationName);
      admit(operation, viewer);
      return operation;
    },
    async execute(operation, request, viewer) {
      try {
        const { raw } = variablesOf(schema, operation, request.variables);
        const context = options.context(viewer);
        const { document } = operation;
        return maskResult(
          await execute({ schema, document, contextValue: context, variableValues: raw }),
          report,
        );
      } catch (error) {
        return { errors: error instanceof Refused ? error.errors : [toGraphQLError(error, report)] };
      }
    },
    async subscribe(operation, request, viewer, wanted) {
      try {
        if (operation.kind !== OperationTypeNode.SUBSCRIPTION)
          throw new AppError('BAD_USER_INPUT', 'Only a subscription can be subscribed to.');
        const variables = variablesOf(schema, operation, request.variables);
        const held = open(operation, variables, viewer, wanted.encoder);
        return await join(held, wanted.after ?? variables.after, wanted);
      } catch (error) {
        throw error instanceof Refused ? error : new Refused([toGraphQLError(error, report)]);
      }
    },
    head: () => formatCursor(options.log.epoch, options.log.head()),
    messageLatencyMs: () => latencies.summary().mean,
    close() {
      for (const { members } of live.values()) for (const member of members) member.end(null);
    },
  };
}

/** Equal variables make an equal key, whatever the order in which a client wrote them. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, ordered(inner)]);
}

function readGauge(declared: GaugeStream, args: StreamArgs, context: GraphContext, wake: () => void): Feed {
  if (declared.feature !== undefined && context.facts.features[declared.feature] === false)
    throw new AppError('FEATURE_DISABLED', `${declared.feature} is off.`, {
      details: { feature: declared.feature },
    });
  const { gauges, demand } = context.journal;
  const everyMs = declared.everyMs(args, context);
  const keys = declared.keys(args, context);
  const matches = declared.matches?.(args) ?? null;
  const rounds = new PacedRounds(everyMs, wake);
  const values = new GaugeValues(gauges, declared.topic, keys);
  const watching = demand.watch(declared.topic, everyMs);
  const listening = gauges.onPut((entries) => {
    const own = entries.filter(
      (entry) => entry.topic === declared.topic && (keys === null || keys.includes(entry.key)),
    );
    if (own.length === 0) return;
    values.arrived(own);
    rounds.arrived(own);
  });
  return {
    async position(): Promise<Position> {
      await demand.freshen(declared.topic, freshMs, freshenWaitMs);
      values.refresh();
      return gaugePosition({ values, matches, rounds, first: gauges.version() });
    },
    stop() {
      rounds.stop();
      listening[Symbol.dispose]();
      watching[Symbol.dispose]();
    },
  };
}

function readLog(declared: EventStream, args: StreamArgs, context: GraphContext, wake: () => void): Feed {
  const { log } = context.journal;
  const { topics } = declared;
  const matches = declared.matches?.(args);
  const wanted = declared.watches?.(args, context);
  const watching = wanted === undefined ? null : context.journal.demand.watch(wanted.topic, wanted.everyMs);
  const listening = log.onAppend((entries) => {
    if (topics === null || entries.some((entry) => topics.includes(entry.topic))) wake();
  });
  return {
    async position(after: string | null, replayMax: number | null): Promise<Position> {
      const reader = await openReader(log, { topics, after, ...(matches === undefined ? {} : { matches }) });
      if (replayMax === null) return logPosition(reader);
      const start = await log.tail(topics, declared.types(args), reader.cursor, replayMax);
      if (start <= reader.cursor) return logPosition(reader);
      return logPosition(
        await openReader(log, {
          topics,
          after: formatCursor(log.epoch, start),
          ...(matches === undefined ? {} : { matches }),
        }),
      );
    },
    stop() {
      listening[Symbol.dispose]();
      watching?.[Symbol.dispose]();
    },
  };
}
