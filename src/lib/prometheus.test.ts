import { expect, test } from 'vitest';
import { parsePrometheus, prometheusSamples } from './prometheus.ts';

function parse(text: string) {
  return parsePrometheus(text, () => true).map(({ name, labels, value }) => [
    name,
    Object.fromEntries(labels),
    value,
  ]);
}

test('parses names, labels and values, with or without timestamps and exemplars', () => {
  const text = `# HELP a Something.
# TYPE a counter
a 1
a:b_c{} 2.5e3
d{x="1",y="two"} 3 1700000000000
e { x = "1", } 4
f_bucket{le="+Inf"} 5 # {trace_id="t"} 0.5\r
g{x="1"} 6
`;
  expect(parse(text)).toEqual([
    ['a', {}, 1],
    ['a:b_c', {}, 2500],
    ['d', { x: '1', y: 'two' }, 3],
    ['f_bucket', { le: '+Inf' }, 5],
    ['g', { x: '1' }, 6],
  ]);
});

test('knows counters and gauges from the declared types', () => {
  const text = `untyped 1
# TYPE requests_total counter
requests_total{code="200"} 1
# TYPE temperature gauge
temperature 2
# TYPE temperature_max gauge
temperature_max 2
# TYPE latency histogram
latency_bucket{le="+Inf"} 3
latency_count 3
latency_sum 3
latency_created 3
# TYPE rpc summary
rpc{quantile="0.5"} 4
rpc_sum 4
# TYPE jobs counter
jobs_total 5
# TYPE other unknown
other 6
`;
  const kinds = parsePrometheus(text, () => true).map(({ name, kind }) => [name, kind]);
  expect(kinds).toEqual([
    ['untyped', null],
    ['requests_total', 'COUNTER'],
    ['temperature', 'GAUGE'],
    ['temperature_max', 'GAUGE'],
    ['latency_bucket', 'COUNTER'],
    ['latency_count', 'COUNTER'],
    ['latency_sum', 'COUNTER'],
    ['latency_created', null],
    ['rpc', 'GAUGE'],
    ['rpc_sum', 'COUNTER'],
    ['jobs_total', 'COUNTER'],
    ['other', null],
  ]);
});

test('unescapes labels', () => {
  expect(parse(String.raw`a{x="q\"}\\ \n,"} 1`)).toEqual([['a', { x: 'q"}\\ \n,' }, 1]]);
});

test('skips values that are not finite and lines that are not samples', () => {
  expect(parse('a NaN\nb +Inf\nc\nd{x="1" 2\n<html>\n{"e": 1}\n\nf{x=1} 2')).toEqual([]);
});

test('returns only the wanted names', () => {
  expect(parsePrometheus('a 1\nb 2', (name) => name === 'b')).toHaveLength(1);
});

test('runs in linear time', () => {
  const start = performance.now();
  parse(`a{x="${'\\'.repeat(2_000_000)}`);
  parse(`a{${' ,'.repeat(1_000_000)}`);
  parse(`a${' '.repeat(1_000_000)}`);
  expect(performance.now() - start).toBeLessThan(2000);
});

test('returns null for each line that is skipped, so that the caller of a long text can pause', () => {
  const long = `a{x="${'y'.repeat(100_000)}"} 1`;
  const samples = [...prometheusSamples(`b{\n# c\n\n${long}\nd 2`, () => true)];
  expect(samples.map((sample) => sample?.name ?? null)).toEqual([null, null, null, null, 'd']);
});
