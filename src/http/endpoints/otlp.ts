import { AppError } from '../../errors.ts';
import {
  decodeRequest,
  encodeResponse,
  encodeStatus,
  type Encoding,
  type ExportMetricsServiceRequest,
} from '../../lib/otlp/codec.ts';
import { mediaTypeOf } from '../body.ts';
import type { OriginRule } from '../origin.ts';
import type { Call, Endpoint, ErrorBody, Route } from '../route.ts';
import { sendText } from '../send.ts';

export interface OtlpOptions {
  readonly enabled: boolean;
  readonly origins: OriginRule;
  /**
   * Stores the points of a request, and returns why points were rejected, and how many.
   * @throws AppError OVERLOADED, DATABASE_UNAVAILABLE; then none is stored.
   */
  readonly record: (
    request: ExportMetricsServiceRequest,
    subject: string,
  ) => Promise<ReadonlyMap<string, number>>;
}

const bodyBytesMax = 2 * 1024 * 1024;
const types = { json: 'application/json', protobuf: 'application/x-protobuf' } as const;

/**
 * POST /v1/metrics takes metrics over OTLP/HTTP, as SDKs and collectors of OpenTelemetry export them. A response, and also
 * an error, is encoded as the request is.
 */
export function otlpRoute({ enabled, origins, record }: OtlpOptions): Route {
  return {
    endpoint: otlpEndpoint(enabled),
    cors: { origins, credentials: false },
    errorBody: (error, request) => statusBody(error, encodingOf(request)),
    handlers: { POST: (call) => receive(call, record) },
  };
}

async function receive(
  { request, response, viewer, body }: Call,
  record: OtlpOptions['record'],
): Promise<void> {
  const encoding = encodingOf(request);
  const rejected = await record(decoded(body, encoding), viewer.subject);
  sendText(response, 200, encodeResponse(partialSuccess(rejected), encoding), {
    'content-type': types[encoding],
  });
}

function decoded(body: Buffer, encoding: Encoding): ExportMetricsServiceRequest {
  try {
    return decodeRequest(body, encoding);
  } catch (error) {
    const message = `The body is not an ExportMetricsServiceRequest in ${encoding === 'json' ? 'JSON' : 'protobuf'}.`;
    throw new AppError('INVALID_BODY', message, { cause: error });
  }
}

function partialSuccess(
  rejected: ReadonlyMap<string, number>,
): { readonly points: number; readonly message: string } | null {
  if (rejected.size === 0) return null;
  const points = [...rejected.values()].reduce((sum, count) => sum + count, 0);
  return { points, message: [...rejected].map(([reason, count]) => `${count}: ${reason}`).join('\n') };
}

function encodingOf(request: Call['request']): Encoding {
  return mediaTypeOf(request) === types.protobuf ? 'protobuf' : 'json';
}

/** Codes of gRPC by HTTP status. */
const grpcCodes: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 404: 5, 429: 8, 503: 14 };
const grpcUnknown = 2;

function statusBody({ status, message }: AppError, encoding: Encoding): ErrorBody {
  return {
    body: encodeStatus(grpcCodes[status] ?? grpcUnknown, message, encoding),
    type: types[encoding],
  };
}

const schema = { type: 'object' };
const content = { [types.json]: { schema }, [types.protobuf]: {} };
const rejection = (description: string): object => ({ description, content });

export function otlpEndpoint(enabled: boolean): Endpoint {
  return {
    path: '/v1/metrics',
    operations: {
      POST: {
        requires: ['write'],
        pages: 'allowed',
        ensureEnabled() {
          if (!enabled) throw new AppError('NOT_FOUND', 'OTLP is off (OTLP_METRICS).');
        },
        body: { bytesMax: bodyBytesMax, types: Object.values(types), gzip: true },
        description: {
          operationId: 'exportMetrics',
          tags: ['graph'],
          summary: 'Stores metrics of OpenTelemetry (OTLP/HTTP). Requires OTLP_METRICS.',
          description:
            'Takes an ExportMetricsServiceRequest of opentelemetry-proto as JSON or protobuf, also compressed with gzip, of ' +
            `at most ${bodyBytesMax} bytes after decompression. Requires the capability \`write\`. Responses and errors are ` +
            'encoded as the request is; an error is a google.rpc.Status.',
          requestBody: { required: true, content },
          responses: {
            200: {
              description:
                'An ExportMetricsServiceResponse. `partialSuccess` has the number of rejected points and the reasons; ' +
                'the other points are stored.',
              content,
            },
            400: rejection('The body is not valid. Sending it again fails again.'),
            401: rejection('The credential is missing or invalid, or a required signature is.'),
            403: rejection(
              'The credential lacks the capability `write`, or the origin of the page is not allowed.',
            ),
            404: rejection('OTLP_METRICS is off.'),
            405: rejection('The method is not POST.'),
            413: rejection('The body is too large.'),
            415: rejection(
              'The Content-Type is neither application/json nor application/x-protobuf, or the body is compressed ' +
                'otherwise than with gzip.',
            ),
            503: rejection('The points cannot be stored now, and none is. `Retry-After`: seconds to wait.'),
          },
        },
      },
    },
  };
}
