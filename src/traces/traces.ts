import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Kind } from 'graphql';
import type { LogEvent } from 'kysely';
import type { TracesConfig } from '../config/traces.ts';
import type { GraphService } from '../delivery/graph-service.ts';
import type { Request } from '../engine/engine.ts';
import type { Operation } from '../engine/operation.ts';
import type { Gauges } from '../journal/gauges.ts';
import type { DurableLog } from '../journal/journal.ts';
import type { Draft } from '../journal/topic.ts';
import { guarded } from '../lib/guarded.ts';
import { overriding } from '../lib/overriding.ts';
import type { ServerTraces } from '../server.ts';
import type { Source } from '../sources/source.ts';
import { EntryContexts } from './entry-contexts.ts';
import { TracedGauges } from './traced-gauges.ts';
import { TracedLatency } from './traced-latency.ts';
import { openTracer, type SpanOptions, type StartedSpan, type Tracer, type TracerOptions } from './tracer.ts';

const nameCharsMax = 100;

/**
 * Traces of OpenTelemetry, from a sample or a request to the sockets. Each function returns a replacement of a part of
 * the server that creates spans; a server without traces has none of them, and does not load the SDK.
 */
export class Traces implements ServerTraces, AsyncDisposable {
  readonly latency: TracedLatency;
  readonly #tracer: Tracer;
  readonly #contexts = new EntryContexts();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
    this.latency = new TracedLatency(tracer, this.#contexts);
  }

  gauges(): Gauges {
    return new TracedGauges(this.#tracer, this.#contexts);
  }

  /** Each sample is a trace of its own, which its values and events continue. */
  source(source: Source): Source {
    return overriding(source, {
      sample: (signal, paceMs) =>
        this.#tracer.within(`sample ${source.name}`, { parent: null }, async (span) => {
          const taken = await source.sample(signal, paceMs);

          span.set({ 'opsgraph.values': taken.gauges.length, 'opsgraph.events': taken.events?.length ?? 0 });
          this.#contexts.addGauges(taken.gauges, span.context);
          this.#contexts.addDrafts(taken.events ?? [], span.context);
          return taken;
        }),
    });
  }

  /** Spans from the request to store events until they are durable and readable. */
  log(log: DurableLog): DurableLog {
    return overriding(log, {
      append: (drafts) => {
        const parent = this.#contexts.ofDrafts(drafts) ?? this.#tracer.active();
        if (parent === undefined) return log.append(drafts);
        const attributes = {
          'opsgraph.events': drafts.length,
          'opsgraph.topic': drafts[0]?.topic.name ?? '',
        };
        return this.#tracer.within('append', { kind: 'PRODUCER', parent, attributes }, (span) =>
          log.append(this.#linked(drafts, span)),
        );
      },
      transact: (transaction) => {
        if (this.#tracer.active() === undefined) return log.transact(transaction);
        return this.#tracer.within('transact', { kind: 'PRODUCER' }, (span) =>
          log.transact(async (db) => {
            const { value, drafts } = await this.#tracer.run(span, () => transaction(db));
            return { value, drafts: this.#linked(drafts, span) };
          }),
        );
      },
    });
  }

  graph({ engine, delivery }: GraphService): GraphService {
    return {
      engine: overriding(engine, {
        execute: async (operation, request, viewer) => {
          const span = this.#tracer.start(nameOf(operation), this.#optionsOf(operation, request));
          const result = await this.#tracer.run(span, () => engine.execute(operation, request, viewer));
          span.end('data' in result ? undefined : result.errors?.[0]?.message);
          return result;
        },
      }),
      delivery: overriding(delivery, {
        subscribe: (operation, request, viewer, options) =>
          this.#tracer.within(nameOf(operation), this.#optionsOf(operation, request), () =>
            delivery.subscribe(operation, request, viewer, options),
          ),
      }),
    };
  }

  /** Below the span that the message of a WebSocket names, or that of the request. */
  #optionsOf(operation: Operation, { traceparent }: Request): SpanOptions {
    const attributes = attributesOf(operation);
    const parent = traceparent === undefined ? null : this.#tracer.received({ traceparent });
    return parent === null ? { attributes } : { attributes, parent };
  }

  /** A span for each request, below that of a client that sends `traceparent`. A stream counts until it has started. */
  http<Result, Context>(
    handler: (request: IncomingMessage, response: ServerResponse, context: Context) => Promise<Result>,
  ) {
    return async (request: IncomingMessage, response: ServerResponse, context: Context): Promise<Result> => {
      const { method = '', url = '', headers } = request;
      const path = url.split('?', 1)[0] ?? '';
      if (path === '/metrics') return handler(request, response, context);
      const attributes = { 'http.request.method': method, 'url.path': path };
      const span = this.#tracer.start(path === '/graphql' ? `${method} ${path}` : method, {
        kind: 'SERVER',
        attributes,
        parent: this.#tracer.received(headers),
      });
      const ended = (): void => {
        if (span.ended) return;
        const { statusCode } = response;
        span.set({ 'http.response.status_code': statusCode });
        span.end(statusCode >= 500 ? `status ${statusCode}` : undefined);
      };
      response.once('close', guarded(ended));
      const result = await this.#tracer.run(span, () => handler(request, response, context));
      if (response.headersSent && !response.writableEnded) ended();
      return result;
    };
  }

  /** A span for a statement of a traced request, after its end. */
  statement({ query, queryDurationMillis, ...event }: LogEvent): void {
    const parent = this.#tracer.active();
    if (parent === undefined) return;
    const [name = ''] = query.sql.trimStart().split(/\s/, 1);
    this.#tracer
      .start(name.toUpperCase().slice(0, nameCharsMax), {
        kind: 'CLIENT',
        parent,
        startMs: Date.now() - queryDurationMillis,
        attributes: { 'db.system.name': 'postgresql', 'db.query.text': query.sql },
      })
      .end(event.level === 'error' ? 'the statement failed' : undefined);
  }

  /** Sends the spans that wait. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tracer[Symbol.asyncDispose]();
  }

  /** Gives each draft an id, by which the trace finds its entry. */
  #linked(drafts: readonly Draft[], { context, recording }: StartedSpan): readonly Draft[] {
    if (!recording) return drafts;
    const withIds = drafts.map((draft) => ({ ...draft, id: draft.id ?? randomUUID() }));
    this.#contexts.addEvents(
      withIds.map(({ id }) => id),
      context,
    );
    return withIds;
  }
}

export async function openTraces(config: TracesConfig, options: TracerOptions): Promise<Traces> {
  return new Traces(await openTracer(config, options));
}

/** The root fields, and not the name of the operation, which clients choose and which may differ each time. */
function nameOf({ kind, node }: Operation): string {
  const fields = node.selectionSet.selections.map((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : '…',
  );
  return `${kind} ${fields.join(' ')}`.slice(0, nameCharsMax);
}

function attributesOf({ kind, id, declared }: Operation) {
  return {
    'graphql.operation.type': kind,
    'opsgraph.document.id': id,
    ...(declared.name === undefined
      ? {}
      : { 'graphql.operation.name': declared.name.value.slice(0, nameCharsMax) }),
  };
}
