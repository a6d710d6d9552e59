import { parsePrometheus } from '../../lib/prometheus.ts';
import { round } from '../../lib/round.ts';

/** Counters of a model server's metrics for one model; null is what it does not count. */
export interface Meter {
  /** Requests being processed. */
  readonly running: number | null;
  /** Tokens generated so far. */
  readonly tokens: number | null;
  /** Seconds spent generating them; null: wall-clock time is used. */
  readonly tokenSeconds: number | null;
  /** Requests finished so far, and the seconds that they took. */
  readonly requests: number | null;
  readonly requestSeconds: number | null;
}

/** Rates between two readings of a meter. */
export interface Speed {
  readonly inferenceTimeMs: number | null;
  readonly tokensPerSecond: number | null;
}

/** vLLM names the model in each of its metrics; llama.cpp and TGI serve one and do not. */
const fields: Readonly<Record<string, keyof Meter>> = {
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

/** By the model's name; the empty name for a server that serves one model and does not say which. */
export function readMeters(text: string): ReadonlyMap<string, Meter> {
  const meters = new Map<string, { -readonly [Field in keyof Meter]: Meter[Field] }>();
  for (const { name, labels, value } of parsePrometheus(text, (one) => Object.hasOwn(fields, one))) {
    const field = fields[name];
    if (field === undefined) continue;
    const model = labels.get(modelLabel) ?? '';
    let meter = meters.get(model);
    if (meter === undefined) {
      meter = { running: null, tokens: null, tokenSeconds: null, requests: null, requestSeconds: null };
      meters.set(model, meter);
    }
    // Several engines of one server have counters of their own.
    meter[field] = (meter[field] ?? 0) + value;
  }
  return meters;
}

/** The values of `last` where nothing ran in between or the counters were reset. */
export function speedBetween(before: Meter, now: Meter, spanMs: number, last: Speed): Speed {
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
