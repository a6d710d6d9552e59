import { describe, expect, it } from 'vitest';
import type { AlertRuleDefinition } from './alert-rules.events.ts';
import { allSeriesMax, RuleSeries, seriesMax } from './rule-series.ts';

const start = Date.UTC(2026, 10, 30);
const day = 86_400_000;
const rule: AlertRuleDefinition = {
  ruleId: 'r',
  enabled: true,
  field: null,
  metric: { name: 'm', labels: {} },
  comparison: 'ABOVE',
  threshold: 10,
  upTo: null,
  avgOverMs: null,
  forMs: 0,
  clearMs: 0,
  noDataMs: null,
  severity: 'ERROR',
  title: 'T',
  message: null,
  actions: [],
};

function seriesOf(more: Partial<AlertRuleDefinition> = {}, budget = { count: 0 }) {
  const series = new RuleSeries({ ...rule, ...more }, start, budget);
  return {
    series,
    observe: (ms: number, value: number | null, subject = 's', labels = {}) =>
      series.observe({ subject, value, at: start + ms, labels }, start + ms),
    /** `s: message` for an alert, `s: false` for a condition that is false. */
    results: (ms: number) =>
      series
        .results(start + ms)
        .map(({ subject, alert }) => `${subject}: ${alert === null ? 'false' : alert.message}`),
  };
}

describe('the series of a rule', () => {
  it('have a result while the condition is known, and none while it is pending', () => {
    const { observe, results } = seriesOf({ forMs: 10_000 });
    expect(results(0)).toEqual([]);
    observe(0, 11);
    expect(results(9_999)).toEqual([]);
    expect(results(10_000)).toEqual(['s: s is 11, above 10']);
    observe(12_000, 9);
    expect(results(12_000)).toEqual(['s: false']);
    observe(13_000, 12);
    expect(results(13_000)).toEqual([]);
    observe(14_000, null);
    expect(results(60_000)).toEqual([]);
  });

  it('ignore values that are older than the newest', () => {
    const { observe, results } = seriesOf();
    observe(1_000, 5);
    observe(0, 50);
    expect(results(1_000)).toEqual(['s: false']);
  });

  it('are true only up to the upper limit', () => {
    const { observe, results } = seriesOf({ upTo: 20 });
    observe(0, 20);
    expect(results(0)).toEqual(['s: s is 20, above 10']);
    observe(1, 20.1);
    expect(results(1)).toEqual(['s: false']);
  });

  it('are compared by their mean', () => {
    const { observe, results } = seriesOf({ avgOverMs: 10_000 });
    for (const [second, value] of [0, 0, 0, 0, 0, 40, 40, 40, 0, 0, 0].entries())
      observe(second * 1_000, value);
    expect(results(10_000)).toEqual(['s: s is 12 in the mean of 10 s, above 10']);
  });

  it('are missing after the time without a value, and not any longer with the next', () => {
    const { observe, results } = seriesOf({ noDataMs: 30_000, comparison: null, threshold: null });
    expect(results(29_999)).toEqual([]);
    expect(results(30_000)).toEqual([': m has had no value for 30 s']);
    observe(31_000, 1);
    expect(results(31_000)).toEqual(['s: false', ': false']);
    expect(results(61_000)).toEqual(['s: s has had no value for 30 s', ': false']);
  });

  it('fill the templates with values and labels, and keep what they do not know', () => {
    const { series } = seriesOf({
      title: '{{labels.queue}} {{labels.constructor}} {{constructor}} {{nothing}}',
      message: '{{name}}: {{value}} > {{threshold}} of {{subject}}',
    });
    series.observe({ subject: 'x', value: 1 / 3 + 10, at: start, labels: { queue: '{{value}}' } }, start);
    expect(series.results(start)[0]?.alert).toMatchObject({
      title: '{{value}} {{labels.constructor}} {{constructor}} {{nothing}}',
      message: 'x: 10.3333 > 10 of x',
    });
  });

  it('are limited per rule and for all rules, and make room when they are forgotten', () => {
    const budget = { count: 0 };
    const { series, observe, results } = seriesOf({}, budget);
    for (let n = 0; n <= seriesMax; n++) observe(0, 1, `${n}`);
    expect(results(0)).toHaveLength(seriesMax);
    expect(budget.count).toBe(seriesMax);
    observe(day, 1, '0');
    series.forget(start + day + 1);
    expect(results(day + 1)).toEqual(['0: false']);
    expect(budget.count).toBe(1);
    budget.count = allSeriesMax;
    expect([observe(day, 50, 'more'), results(day)]).toEqual([false, ['0: false']]);
  });
});
