import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A span as a collector receives it. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly durationMs: number;
  readonly failed: boolean;
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Exported {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly name: string;
        readonly traceId: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly startTimeUnixNano: string;
        readonly endTimeUnixNano: string;
        readonly attributes: readonly Attribute[];
        readonly status?: { readonly code?: number };
      }[];
    }[];
  }[];
}

export interface Collector extends AsyncDisposable {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** Attributes of the processes that have sent spans. */
  readonly resources: Readonly<Record<string, unknown>>[];
  /** Headers of the requests. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>[];
  /** The status of responses. */
  status: number;
}

/** A collector of OpenTelemetry, which receives traces over OTLP/HTTP as JSON. */
export async function startCollector(): Promise<Collector> {
  const server = createServer((request, response) => {
    request.toArray().then(
      (chunks) => {
        collector.headers.push(request.headers);
        if (request.url !== '/v1/traces') return void response.writeHead(404).end();
        if (collector.status === 200)
          receive(JSON.parse(Buffer.concat(chunks as Buffer[]).toString()) as Exported);
        response.writeHead(collector.status, { 'content-type': 'application/json' }).end('{}');
      },
      () => response.destroy(),
    );
  });

  function receive({ resourceSpans }: Exported): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      collector.resources.push(membersOf(resource.attributes));
      for (const span of scopeSpans.flatMap(({ spans }) => spans))
        collector.spans.push({
          name: span.name,
          traceId: span.traceId,
          spanId: span.spanId,
          parentId: span.parentSpanId ?? '',
          attributes: membersOf(span.attributes),
          durationMs: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
          failed: span.status?.code === 2,
        });
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const collector: Collector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: [],
    resources: [],
    headers: [],
    status: 200,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return collector;
}

function membersOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
