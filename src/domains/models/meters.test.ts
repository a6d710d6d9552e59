import { describe, expect, test } from 'vitest';
import { readMeters, speedBetween, type Meter } from './meters.ts';

const nothing: Meter = {
  running: null,
  tokens: null,
  tokenSeconds: null,
  requests: null,
  requestSeconds: null,
};
const unknown = { inferenceTimeMs: null, tokensPerSecond: null };

describe('the metrics of', () => {
  test('vLLM are read per model, over all its engines', () => {
    const text = `vllm:num_requests_running{engine="0",model_name="org/m"} 2.0
vllm:num_requests_running{engine="1",model_name="org/m"} 1.0
vllm:num_requests_waiting{engine="1",model_name="org/m"} 9.0
vllm:generation_tokens_total{engine="0",model_name="org/m"} 100.0
vllm:e2e_request_latency_seconds_sum{engine="0",model_name="org/m"} 8.5
vllm:e2e_request_latency_seconds_count{engine="0",model_name="org/m"} 4
vllm:e2e_request_latency_seconds_bucket{le="1.0",engine="0",model_name="org/m"} 4
vllm:num_requests_running{engine="0",model_name="other"} 0.0`;
    expect([...readMeters(text)]).toEqual([
      ['org/m', { running: 3, tokens: 100, tokenSeconds: null, requests: 4, requestSeconds: 8.5 }],
      ['other', { ...nothing, running: 0 }],
    ]);
  });

  test('llama.cpp are read without a model', () => {
    const text = `# TYPE llamacpp:tokens_predicted_total counter
llamacpp:tokens_predicted_total 77
llamacpp:tokens_predicted_seconds_total 3.5
llamacpp:requests_processing 1`;
    expect([...readMeters(text)]).toEqual([['', { ...nothing, running: 1, tokens: 77, tokenSeconds: 3.5 }]]);
  });

  test('TGI are read without a model', () => {
    const text = `tgi_batch_current_size 4
tgi_request_generated_tokens_sum 50
tgi_request_generated_tokens_count 5
tgi_request_inference_duration_sum{method="prefill"} 2
tgi_request_inference_duration_count{method="prefill"} 5`;
    expect([...readMeters(text)]).toEqual([
      ['', { running: 4, tokens: 50, tokenSeconds: null, requests: 5, requestSeconds: 2 }],
    ]);
  });

  test('anything else are ignored', () => {
    expect(readMeters('process_cpu_seconds_total 5').size).toBe(0);
  });
});

describe('the speed', () => {
  test('is computed from the difference of two readings', () => {
    const before = { ...nothing, tokens: 100, requests: 4, requestSeconds: 8 };
    const now = { ...nothing, tokens: 250, requests: 6, requestSeconds: 9 };
    expect(speedBetween(before, now, 3000, unknown)).toEqual({ tokensPerSecond: 50, inferenceTimeMs: 500 });
  });

  test('uses the time spent generating, where that is known', () => {
    const before = { ...nothing, tokens: 100, tokenSeconds: 2 };
    const now = { ...nothing, tokens: 130, tokenSeconds: 2.5 };
    expect(speedBetween(before, now, 3000, unknown).tokensPerSecond).toBe(60);
  });

  test('stays the same when nothing was done or the counters were reset', () => {
    const last = { inferenceTimeMs: 1, tokensPerSecond: 2 };
    const meter = { ...nothing, tokens: 100, requests: 4, requestSeconds: 8 };
    expect(speedBetween(meter, meter, 3000, last)).toEqual(last);
    expect(speedBetween(meter, { ...meter, tokens: 3, requests: 1, requestSeconds: 1 }, 3000, last)).toEqual(
      last,
    );
    expect(speedBetween(nothing, meter, 3000, unknown)).toEqual(unknown);
  });
});
