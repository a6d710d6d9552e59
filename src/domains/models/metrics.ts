import { parsePrometheus } from '../../lib/prometheus.ts';
import { round } from '../../lib/round.ts';

/** Counters of a model in the metrics of its server. Null is not counted. */
export interface ModelCounters {
  /** Requests in progress. */
  readonly running: number | null;
  /** Tokens generated so far. */
  readonly tokens: number | null;
  /** Seconds spent generating them. Null: rates use wall-clock time. */
  readonly tokenSeconds: number | null;
  /** Requests finished so far, and their total duration. */
  readonly requests: number | null;
  readonly requestSeconds: number | null;
}

/** Rates between two readings of the counters. */
export interface Speed {
  readonly inferenceTimeMs: number | null;
  readonly tokensPerSecond: number | null;
}

/** Metrics of vLLM have a label with the model. llama.cpp and TGI serve a single model and do not label it. */
const fields: Readonly<Record<string, keyof ModelCounters>> = {
  'vllm:num_requests_running': 'running',
  'vllm:generation_tokens_total': 'tokens',
  'vllm:e2e_request_latency_seconds_sum': 'requestSeconds',
  'vllm:e2e_request_latency_seconds_count': 'requests',
  'llamacpp:requests_processing': 'running',
  'llamacpp:tokens_predicted_total': 'tokens',
  'llamacpp:tokens_predicted_seconds_total': 'tokenSeconds',
  tgi_batch_current_size: 'running',
  tgi_request_generated_tokens_sum: 'tokens',
  tgi_request_inference_duration_sum: 'requestSeconds',
  tgi_request_inference_duration_count: 'requests',
};

const modelLabel = 'model_name';

/** By model name; the name is empty if the metrics have no label with the model. */
export function readCounters(text: string): ReadonlyMap<string, ModelCounters> {
  const found = new Map<string, { -readonly [Field in keyof ModelCounters]: ModelCounters[Field] }>();
  for (const { name, labels, value } of parsePrometheus(text, (one) => Object.hasOwn(fields, one))) {
    const field = fields[name];
    if (field === undefined) continue;
    const model = labels.get(modelLabel) ?? '';
    const counters = found.get(model) ?? { ...noCounters };
    // Each engine of a server has its own counters.
    counters[field] = (counters[field] ?? 0) + value;
    found.set(model, counters);
  }
  return found;
}

const noCounters: ModelCounters = {
  running: null,
  tokens: null,
  tokenSeconds: null,
  requests: null,
  requestSeconds: null,
};

/** Returns the rates in `last` if no work was done in between or the counters were reset. */
export function speedBetween(before: ModelCounters, now: ModelCounters, spanMs: number, last: Speed): Speed {
  const tokens = since(before.tokens, now.tokens);
  const tokenSeconds =
    now.tokenSeconds === null ? spanMs / 1000 : since(before.tokenSeconds, now.tokenSeconds);
  const requests = since(before.requests, now.requests);
  const requestSeconds = since(before.requestSeconds, now.requestSeconds);
  return {
    tokensPerSecond: tokens > 0 && tokenSeconds > 0 ? round(tokens / tokenSeconds, 2) : last.tokensPerSecond,
    inferenceTimeMs:
      requests > 0 && requestSeconds > 0
        ? round((requestSeconds / requests) * 1000, 2)
        : last.inferenceTimeMs,
  };
}

function since(before: number | null, now: number | null): number {
  return before === null || now === null ? 0 : now - before;
}
