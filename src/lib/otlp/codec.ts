import {
  create,
  fromBinary,
  fromJson,
  toBinary,
  toJsonString,
  type DescMessage,
  type JsonValue,
} from '@bufbuild/protobuf';
import type { MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import {
  ExportMetricsServiceRequestSchema,
  ExportMetricsServiceResponseSchema,
  type ExportMetricsServiceRequest,
} from './service.generated.ts';
import { StatusSchema } from './status.generated.ts';

/**
 * Messages of OTLP for metrics in both encodings of OTLP/HTTP. Their types are generated from opentelemetry-proto; see
 * docs/decisions/7-otlp-with-protobuf-es.md.
 */
export type Encoding = 'json' | 'protobuf';

export type { ExportMetricsServiceRequest };

/** @throws Error for a message that is not valid. The depth of nested values is limited. */
export function decodeRequest(body: Uint8Array, encoding: Encoding): ExportMetricsServiceRequest {
  if (encoding === 'protobuf') return fromBinary(ExportMetricsServiceRequestSchema, body);
  const json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as JsonValue;
  return fromJson(ExportMetricsServiceRequestSchema, json, { ignoreUnknownFields: true });
}

/** @param rejected points that were not stored, and why. Null: all were stored. */
export function encodeResponse(
  rejected: { readonly points: number; readonly message: string } | null,
  encoding: Encoding,
): Uint8Array {
  const partialSuccess =
    rejected === null
      ? {}
      : { partialSuccess: { rejectedDataPoints: BigInt(rejected.points), errorMessage: rejected.message } };
  return encoded(ExportMetricsServiceResponseSchema, partialSuccess, encoding);
}

/** The body of an error. @param code of gRPC */
export function encodeStatus(code: number, message: string, encoding: Encoding): Uint8Array {
  return encoded(StatusSchema, { code, message }, encoding);
}

function encoded<Desc extends DescMessage>(
  schema: Desc,
  init: MessageInitShape<Desc>,
  encoding: Encoding,
): Uint8Array {
  const message: MessageShape<Desc> = create(schema, init);
  return encoding === 'protobuf' ? toBinary(schema, message) : Buffer.from(toJsonString(schema, message));
}
