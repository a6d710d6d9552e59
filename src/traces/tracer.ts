import type { Attributes, Context, SpanKind } from '@opentelemetry/api';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import type { TracesConfig } from '../config/traces.ts';
import { mask } from '../lib/mask.ts';
import type { Log } from '../log/log.ts';

/** Spans that wait to be sent. Further ones are dropped. */
const queueMax = 2_048;
const batchMax = 512;
const sendIntervalMs = 1_000;
const sendTimeoutMs = 10_000;
const attributeCharsMax = 1_024;

export interface SpanOptions {
  readonly kind?: 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER' | 'INTERNAL';
  readonly attributes?: Attributes;
  /** Default: the active span. Null: a new trace. */
  readonly parent?: Context | null;
  /** Unix milliseconds. Default: now. */
  readonly startMs?: number;
}

export interface TracerOptions {
  readonly version: string;
  /** Distinguishes the instances. */
  readonly hostId: string;
  readonly log: Log;
}

/** A span, and the context in which its children start. */
export interface StartedSpan {
  readonly context: Context;
  /** @param error why the operation failed. */
  end(error?: Error | string): void;
  set(attributes: Attributes): void;
  /** Whether the span is sampled. */
  readonly recording: boolean;
  readonly ended: boolean;
}

/** Creates spans with the SDK of OpenTelemetry, and sends them in the background. */
export interface Tracer extends AsyncDisposable {
  start(name: string, options?: SpanOptions): StartedSpan;
  /** Runs a function in a span, which is active during the function and ends with it. */
  within<Value>(
    name: string,
    options: SpanOptions,
    run: (span: StartedSpan) => Promise<Value>,
  ): Promise<Value>;
  /** Runs a function while a span is active. */
  run<Value>(span: StartedSpan, run: () => Value): Value;
  /**
   * The context of the active span. Undefined: none, or one that has ended, as for a timer that was started during a
   * request.
   */
  active(): Context | undefined;
  /** The context that a client has sent in the header `traceparent`. Null: none, or an invalid one. */
  received(headers: IncomingHttpHeaders): Context | null;
}

/** Loads the SDK, which a process without traces never does. */
export async function openTracer(
  config: TracesConfig,
  { version, hostId, log }: TracerOptions,
): Promise<Tracer> {
  const [api, core, resources, sdk, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const exporter = new OTLPTraceExporter({
    url: `${config.endpoint}/v1/traces`,
    headers: { ...config.headers },
    timeoutMillis: sendTimeoutMs,
  });
  // A collector that is down is logged when it stops to answer, and when it answers again.
  let failing = false;
  const sending = exporter.export.bind(exporter);
  exporter.export = (spans, done) =>
    sending(spans, (result) => {
      if (result.error !== undefined && !failing)
        log.warn({ err: result.error, endpoint: config.endpoint }, 'traces cannot be sent');
      if (result.error === undefined && failing)
        log.info({ endpoint: config.endpoint }, 'traces are sent again');
      failing = result.error !== undefined;
      done(result);
    });
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes({
      'service.name': config.serviceName,
      'service.version': version,
      'service.instance.id': `${hostId}:${process.pid}`,
      'host.name': hostId,
    }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(config.sampleRatio) }),
    spanLimits: { attributeValueLengthLimit: attributeCharsMax },
    spanProcessors: [
      new sdk.BatchSpanProcessor(exporter, {
        maxQueueSize: queueMax,
        maxExportBatchSize: batchMax,
        scheduledDelayMillis: sendIntervalMs,
        exportTimeoutMillis: sendTimeoutMs,
      }),
    ],
  });
  const tracer = provider.getTracer('opsgraph', version);
  const spans = new AsyncLocalStorage<StartedSpan>();
  const propagator = new core.W3CTraceContextPropagator();
  const { defaultTextMapGetter, ROOT_CONTEXT, SpanKind: kinds, SpanStatusCode: statuses, trace } = api;

  function active(): Context | undefined {
    const span = spans.getStore();
    return span === undefined || span.ended ? undefined : span.context;
  }

  function start(name: string, options: SpanOptions = {}): StartedSpan {
    const { kind = 'INTERNAL', attributes = {}, parent = active(), startMs } = options;
    const above = parent ?? ROOT_CONTEXT;
    const span = tracer.startSpan(
      name,
      {
        kind: kinds[kind] satisfies SpanKind,
        attributes,
        ...(startMs === undefined ? {} : { startTime: startMs }),
      },
      above,
    );
    let ended = false;
    return {
      context: trace.setSpan(above, span),
      recording: span.isRecording(),
      get ended() {
        return ended;
      },
      set: (more) => void span.setAttributes(more),
      end(error) {
        ended = true;
        if (error !== undefined) span.setStatus({ code: statuses.ERROR, message: messageOf(error) });
        span.end();
      },
    };
  }

  return {
    start,
    async within(name, options, run) {
      const span = start(name, options);
      try {
        const value = await spans.run(span, () => run(span));
        span.end();
        return value;
      } catch (error) {
        span.end(error instanceof Error ? error : 'failed');
        throw error;
      }
    },
    run: (span, run) => spans.run(span, run),
    active,
    received(headers) {
      const context = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
      return trace.getSpanContext(context) === undefined ? null : context;
    },
    [Symbol.asyncDispose]: () => provider.shutdown(),
  };
}

function messageOf(error: Error | string): string {
  return mask(typeof error === 'string' ? error : error.message).slice(0, attributeCharsMax);
}
