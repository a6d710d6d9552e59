import { describe, expect, it } from 'vitest';
import { chartsOf, unitOf } from '../../dashboard/src/panels/metric-charts.ts';

function series(seriesId: string, name: string, labels: Record<string, string>, unit: string | null = null) {
  return { seriesId, name, labels, unit, series: '', value: 0, sampledAt: '2026-01-01T00:00:00Z' };
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
    const charts = chartsOf([...many, series('x', 'load', {}, 'percent')]);
    expect(charts.map(({ seriesIds }) => seriesIds.length)).toEqual([5, 2, 1]);
    for (const { lines } of charts) expect(new Set(lines.map(({ color }) => color)).size).toBe(lines.length);
  });

  it('show values in their unit, and a unit that the page does not know in the title', () => {
    expect(unitOf('By').format(2_048)).toBe('2 KiB');
    expect(unitOf('s').format(0.25)).toBe('250 ms');
    expect(unitOf('messages')).toMatchObject({ suffix: 'messages' });
    expect(unitOf('1').suffix).toBe('');
    expect(unitOf(null).format(0.000_12)).toBe('0.00012');
  });
});
