import { z } from 'zod';
import { flag, serverUrl, text } from './parsers.ts';
import { section } from './setting.ts';

const ratio = z
  .string()
  .transform(Number)
  .refine((value) => value >= 0 && value <= 1, { error: 'must be a number from 0 to 1' });

/** `name=value,name=value`, with values percent-encoded, as in the specification of OpenTelemetry. */
const headers = z.string().transform((value, context): Readonly<Record<string, string>> => {
  const pairs = value
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => /^\s*([\w-]+)\s*=\s*(\S*)\s*$/.exec(pair));
  if (pairs.every((pair) => pair !== null && isEncoded(pair[2] ?? '')))
    return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', decodeURIComponent(pair?.[2] ?? '')]));
  context.addIssue({ code: 'custom', message: 'must be a comma-separated list of name=value' });
  return z.NEVER;
});

function isEncoded(value: string): boolean {
  try {
    return decodeURIComponent(value) !== '' || value === '';
  } catch {
    return false;
  }
}

/** Names and meanings are those of OpenTelemetry, except for `TRACES`. */
export const traceSettings = section({
  title: 'Traces',
  settings: {
    enabled: {
      env: 'TRACES',
      type: flag,
      default: 'false',
      description: 'Send traces to a collector of OpenTelemetry over OTLP/HTTP, as JSON.',
    },
    endpoint: {
      env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      type: text,
      default: 'http://localhost:4318',
      description: 'Address of the collector, without `/v1/traces`. Used only with TRACES=true.',
    },
    headers: {
      env: 'OTEL_EXPORTER_OTLP_HEADERS',
      type: text,
      secret: true,
      description:
        'Headers of requests to the collector, such as its credential: name=value, comma-separated, values percent-encoded.',
    },
    serviceName: {
      env: 'OTEL_SERVICE_NAME',
      type: text,
      default: 'opsgraph',
      description: 'Attribute `service.name` of the traces.',
    },
    sampleRatio: {
      env: 'OTEL_TRACES_SAMPLER_ARG',
      type: text,
      default: '0.1',
      description:
        'Part of the requests and samples that are traced, 0 to 1. A request with the header traceparent follows its sender.',
    },
  },
  // Platforms set variables of OpenTelemetry for other programs as well, so they are checked only if they are used.
  resolve({ enabled, serviceName, ...values }, context, settings) {
    if (!enabled) return null;
    const parsed = <Value>(name: keyof typeof values, type: z.ZodType<Value, string>): Value | null => {
      const { data, error } = type.safeParse(values[name] ?? '');
      if (error !== undefined) context.reject(settings[name], error.issues[0]?.message ?? 'is invalid');
      return data ?? null;
    };
    return {
      serviceName,
      endpoint: parsed('endpoint', serverUrl) ?? '',
      headers: parsed('headers', headers) ?? {},
      sampleRatio: parsed('sampleRatio', ratio) ?? 0,
    };
  },
});

export type TracesConfig = NonNullable<ReturnType<typeof traceSettings.resolve>>;
