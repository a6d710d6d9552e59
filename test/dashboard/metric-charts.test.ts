import { describe, expect, it } from 'vitest';
import { rate, rowRates } from '../../dashboard/src/data/rate.ts';
import { chartsOf, unitOf } from '../../dashboard/src/panels/metric-charts.ts';

function series(
  seriesId: string,
  name: string,
  labels: Record<string, string>,
  { unit = null, kind = null }: { unit?: string | null; kind?: 'COUNTER' | 'GAUGE' | null } = {},
) {
  return { seriesId, name, labels, unit, kind, series: '', value: 0, sampledAt: '2026-01-01T00:00:00Z' };
}

describe('the charts of metrics', () => {
  it('have the common labels in the title, and those that differ on the lines', () => {
    const charts = chartsOf([
      series('a', 'queue', { region: 'eu', queue: 'mail' }),
      series('b', 'queue', { region: 'eu' }),
      series('c', 'up', {}),
    ]);
    expect(charts.map(({ title, lines }) => [title, lines.map(({ label }) => label)])).toEqual([
      ['queue region=eu', ['mail', 'no queue']],
      ['up', ['value']],
    ]);
  });

  it('have one unit, and no two lines of a color', () => {
    const many = Array.from({ length: 7 }, (_, index) => series(`${index}`, 'load', { core: `${index}` }));
    const charts = chartsOf([...many, series('x', 'load', {}, { unit: 'percent' })]);
    expect(charts.map(({ seriesIds }) => seriesIds.length)).toEqual([5, 2, 1]);
    for (const { lines } of charts) expect(new Set(lines.map(({ color }) => color)).size).toBe(lines.length);
  });

  it('draw counters as rates per second, and gauges as they are', () => {
    const charts = chartsOf([
      series('a', 'requests_total', {}, { kind: 'COUNTER' }),
      series('b', 'http.sent', {}, { kind: 'COUNTER', unit: 'By' }),
      series('c', 'requests_total', {}, { kind: 'GAUGE' }),
      series('d', 'cpu_seconds_total', {}, { kind: 'COUNTER' }),
    ]);
    const shown = charts.map(({ title, isRate, format, lines }) => [
      title,
      isRate,
      lines[0]?.label,
      format(2_048),
    ]);
    expect(shown).toEqual([
      ['requests_total', true, 'rate', '2,048/s'],
      ['http.sent', true, 'rate', '2 KiB/s'],
      ['requests_total', false, 'value', '2,048'],
      ['cpu_seconds_total, seconds', true, 'rate', '2,048/s'],
    ]);
  });

  it('show values in their unit, and a unit that the page does not know in the title', () => {
    const named = (name: string, unit: string | null = null) => unitOf({ name, unit });
    expect(named('a', 'By').format(2_048)).toBe('2 KiB');
    expect(named('a', 's').format(0.25)).toBe('250 ms');
    expect(named('a', 'messages')).toMatchObject({ suffix: 'messages' });
    expect(named('a', '1').suffix).toBe('');
    expect(named('a').format(0.000_12)).toBe('0.00012');
    expect(named('resident_memory_bytes').format(2_048)).toBe('2 KiB');
    expect(named('scrape_duration_seconds').format(0.25)).toBe('250 ms');
    expect(named('hit_ratio').format(0.5)).toBe('50.0 %');
    expect(named('boot_time_seconds').format(1_700_000_000)).toBe('1.7B');
  });
});

describe('the rate of a counter', () => {
  it('is its increase per second, and not known when it has begun again', () => {
    expect(rate(10, 30, 5_000)).toBe(4);
    expect(rate(30, 10, 5_000)).toBeNull();
    expect(rate(null, 10, 5_000)).toBeNull();
    expect(rate(10, 10, 0)).toBeNull();
  });

  it('of a row is known from the second sample that has the row', () => {
    const counted = (id: string, sent: number) => ({ id, sent });
    const rateOf = rowRates([counted('a', 30), counted('b', 5)], [counted('a', 10)], {
      id: ({ id }) => id,
      elapsedMs: 2_000,
    });
    expect(rateOf(counted('a', 30), ({ sent }) => sent)).toBe(10);
    expect(rateOf(counted('b', 5), ({ sent }) => sent)).toBeNull();
  });
});
