import { describe, expect, test } from 'vitest';
import { readCounters, speedBetween, type ModelCounters } from './metrics.ts';

const noCounters: ModelCounters = {
  running: null,
  tokens: null,
  tokenSeconds: null,
  requests: null,
  requestSeconds: null,
};
const unknown = { inferenceTimeMs: null, tokensPerSecond: null };

describe('readCounters', () => {
  test('sums the metrics of all vLLM engines by model', () => {
    const text = `vllm:num_requests_running{engine="0",model_name="org/m"} 2.0
vllm:num_requests_running{engine="1",model_name="org/m"} 1.0
vllm:num_requests_waiting{engine="1",model_name="org/m"} 9.0
vllm:generation_tokens_total{engine="0",model_name="org/m"} 100.0
vllm:e2e_request_latency_seconds_sum{engine="0",model_name="org/m"} 8.5
vllm:e2e_request_latency_seconds_count{engine="0",model_name="org/m"} 4
vllm:e2e_request_latency_seconds_bucket{le="1.0",engine="0",model_name="org/m"} 4
vllm:num_requests_running{engine="0",model_name="other"} 0.0`;
    expect([...readCounters(text)]).toEqual([
      ['org/m', { running: 3, tokens: 100, tokenSeconds: null, requests: 4, requestSeconds: 8.5 }],
      ['other', { ...noCounters, running: 0 }],
    ]);
  });

  test('reads the metrics of llama.cpp without a model name', () => {
    const text = `# TYPE llamacpp:tokens_predicted_total counter
llamacpp:tokens_predicted_total 77
llamacpp:tokens_predicted_seconds_total 3.5
llamacpp:requests_processing 1`;
    expect([...readCounters(text)]).toEqual([
      ['', { ...noCounters, running: 1, tokens: 77, tokenSeconds: 3.5 }],
    ]);
  });

  test('reads the metrics of TGI without a model name', () => {
    const text = `tgi_batch_current_size 4
tgi_request_generated_tokens_sum 50
tgi_request_generated_tokens_count 5
tgi_request_inference_duration_sum{method="prefill"} 2
tgi_request_inference_duration_count{method="prefill"} 5`;
    expect([...readCounters(text)]).toEqual([
      ['', { running: 4, tokens: 50, tokenSeconds: null, requests: 5, requestSeconds: 2 }],
    ]);
  });

  test('ignores other metrics', () => {
    expect(readCounters('process_cpu_seconds_total 5').size).toBe(0);
  });
});

describe('the speed of a model', () => {
  test('is the difference of two readings over time', () => {
    const before = { ...noCounters, tokens: 100, requests: 4, requestSeconds: 8 };
    const now = { ...noCounters, tokens: 250, requests: 6, requestSeconds: 9 };
    expect(speedBetween(before, now, 3000, unknown)).toEqual({ tokensPerSecond: 50, inferenceTimeMs: 500 });
  });

  test('uses the time spent generating if the server counts it', () => {
    const before = { ...noCounters, tokens: 100, tokenSeconds: 2 };
    const now = { ...noCounters, tokens: 130, tokenSeconds: 2.5 };
    expect(speedBetween(before, now, 3000, unknown).tokensPerSecond).toBe(60);
  });

  test('stays the same when no work was done or the counters were reset', () => {
    const last = { inferenceTimeMs: 1, tokensPerSecond: 2 };
    const counters = { ...noCounters, tokens: 100, requests: 4, requestSeconds: 8 };
    expect(speedBetween(counters, counters, 3000, last)).toEqual(last);
    expect(
      speedBetween(counters, { ...counters, tokens: 3, requests: 1, requestSeconds: 1 }, 3000, last),
    ).toEqual(last);
    expect(speedBetween(noCounters, counters, 3000, unknown)).toEqual(unknown);
  });
});
