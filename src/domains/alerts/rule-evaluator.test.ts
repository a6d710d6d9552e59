import { describe, expect, it } from 'vitest';
import type { Entry } from '../../journal/topic.ts';
import type { AlertLimits } from './config.ts';
import type { AlertDraft, AlertEventPayload, AlertRecord } from './events.ts';
import { RuleEvaluator } from './rule-evaluator.ts';
import { rules, type Readings, type Rule } from './rules.ts';
import { alertOf } from './store.ts';

const limits: AlertLimits = {
  cpuPercent: 85,
  memoryPercent: 90,
  dbPoolRatio: 0.95,
  wsFailuresPerMinute: 5,
  responseTimeMs: 500,
};
const unknown: Readings = {
  at: 0,
  hostId: 'h1',
  cpuPercent: null,
  memoryPercent: null,
  dbPoolRatio: null,
  failedAttemptCount: null,
  http: null,
  providers: [],
  reportedHosts: [],
};
const start = Date.UTC(2026, 10, 21, 10);

/** An evaluator with a log that stores its events, and a clock that is set by hand. */
class Rig {
  readonly stored: Entry<AlertEventPayload>[] = [];
  readonly #ids = new Set<string>();
  #evaluator;
  readonly #rules;
  now = start;

  constructor(ruleList: readonly Rule[] = rules, lastAlerts: readonly AlertRecord[] = []) {
    this.#rules = ruleList;
    this.#evaluator = new RuleEvaluator(ruleList, limits, lastAlerts);
  }

  evaluate(readings: Partial<Readings>): readonly AlertDraft[] {
    return this.#evaluator.evaluate({ ...unknown, ...readings, at: this.now });
  }

  store(drafts: readonly AlertDraft[]): void {
    for (const draft of drafts) {
      if (this.#ids.has(draft.id ?? '')) continue;
      this.#ids.add(draft.id ?? '');
      const entry = {
        ...draft,
        topic: draft.topic.name,
        id: draft.id ?? '',
        seq: this.stored.length + 1,
        occurredAt: draft.occurredAt ?? 0,
        recordedAt: this.now,
        urgent: false,
      };
      this.stored.push(entry);
      this.#evaluator.update(alertOf(entry));
    }
  }

  /** Evaluates once after `ms`. @returns the stored events. */
  after(ms: number, readings: Partial<Readings>): string[] {
    this.now += ms;
    const before = this.stored.length;
    this.store(this.evaluate(readings));
    return this.stored.slice(before).map(({ type, payload }) => {
      const { alertType, level } = 'alert' in payload ? payload.alert : payload;
      return `${type} ${alertType} ${level}`;
    });
  }

  /** Continues with a new evaluator, which gets the last alerts as from the table. */
  restart(): void {
    const last = new Map<string, AlertRecord>();
    for (const alert of this.stored.map(alertOf)) last.set(`${alert.alertType} ${alert.subject}`, alert);
    this.#evaluator = new RuleEvaluator(this.#rules, limits, [...last.values()]);
  }
}

describe('the rules about this host', () => {
  it.each<[string, Partial<Readings>, string[]]>([
    ['CPU usage at its limit', { cpuPercent: 85 }, []],
    ['CPU usage above its limit', { cpuPercent: 85.01 }, ['high_cpu WARNING']],
    ['memory at 80 %', { memoryPercent: 80 }, []],
    ['memory above 80 %', { memoryPercent: 80.5 }, ['resource_warning WARNING']],
    ['memory at 90 %', { memoryPercent: 90 }, ['resource_warning WARNING']],
    ['memory above 90 %', { memoryPercent: 90.5 }, ['high_memory ERROR']],
    ['pool usage at its limit', { dbPoolRatio: 0.95 }, []],
    ['pool usage above its limit', { dbPoolRatio: 0.96 }, ['db_connections ERROR']],
    ['5 failed attempts', { failedAttemptCount: 5 }, []],
    ['6 failed attempts', { failedAttemptCount: 6 }, ['ws_failures ERROR']],
    ['4 slow requests', { http: { requests: 4, meanMs: 900 } }, []],
    ['5 slow requests', { http: { requests: 5, meanMs: 501 } }, ['response_time WARNING']],
    ['5 requests that are not slow', { http: { requests: 5, meanMs: 500 } }, []],
    ['no request', { http: { requests: 0, meanMs: null } }, []],
    ['unknown values', {}, []],
  ])('return the expected alerts for %s', (_case, readings, expected) => {
    expect(new Rig().after(0, readings)).toEqual(expected.map((alert) => `alertRaised ${alert}`));
  });

  it('return an alert with the host, the value, its limit, and suggested actions', () => {
    const [draft] = new Rig().evaluate({ memoryPercent: 83.456 });
    expect(draft).toMatchObject({
      key: 'resource_warning:h1',
      payload: {
        source: 'alert_engine',
        subject: 'h1',
        message: 'Memory usage is 83.5 %, above 80 %',
        actions: ['Scale Resources', 'Optimize Models'],
        autoDismiss: false,
      },
    });
  });
});

describe('an alert of a rule', () => {
  const high = { cpuPercent: 90 };
  const low = { cpuPercent: 20 };

  it('is raised once while its condition is true', () => {
    const rig = new Rig();
    expect(rig.after(0, high)).toEqual(['alertRaised high_cpu WARNING']);
    for (let turn = 0; turn < 30; turn++) expect(rig.after(5_000, high)).toEqual([]);
  });

  it('is resolved when its condition has been false for 60 seconds', () => {
    const rig = new Rig();
    rig.after(0, high);
    expect(rig.after(5_000, low)).toEqual([]);
    expect(rig.after(59_999, low)).toEqual([]);
    expect(rig.after(1, low)).toEqual(['alertResolved high_cpu WARNING']);
    expect(rig.after(60_000, low)).toEqual([]);
  });

  it('is not resolved by a condition that is repeatedly false for less than 60 seconds', () => {
    const rig = new Rig();
    rig.after(0, high);
    for (let turn = 0; turn < 10; turn++) {
      expect(rig.after(5_000, low)).toEqual([]);
      expect(rig.after(55_000, low)).toEqual([]);
      expect(rig.after(5_000, high)).toEqual([]);
    }
  });

  it('is neither raised nor resolved while its condition is unknown', () => {
    const rig = new Rig();
    expect(rig.after(0, {})).toEqual([]);
    rig.after(5_000, high);
    expect(rig.after(600_000, {})).toEqual([]);
    rig.after(5_000, low);
    rig.after(5_000, {});
    expect(rig.after(60_000, low)).toEqual([]);
    expect(rig.after(60_000, low)).toEqual(['alertResolved high_cpu WARNING']);
  });

  it('is raised again when its condition is true again after it was resolved', () => {
    const rig = new Rig();
    rig.after(0, high);
    rig.after(5_000, low);
    rig.after(60_000, low);
    expect(rig.after(5_000, high)).toEqual(['alertRaised high_cpu WARNING']);
    expect(new Set(rig.stored.map(({ id }) => id)).size).toBe(3);
  });

  it('is not raised again after a restart, and is resolved after 60 seconds', () => {
    const rig = new Rig();
    rig.after(0, high);
    rig.restart();
    expect(rig.after(5_000, high)).toEqual([]);
    rig.after(5_000, low);
    expect(rig.after(60_000, low)).toEqual(['alertResolved high_cpu WARNING']);
    rig.restart();
    expect(rig.after(5_000, low)).toEqual([]);
    expect(rig.after(5_000, high)).toEqual(['alertRaised high_cpu WARNING']);
  });

  it('is not raised again after it was acknowledged, and is resolved nevertheless', () => {
    const rig = new Rig();
    rig.after(0, high);
    const [raised] = rig.stored.map(alertOf);
    if (raised === undefined) throw new Error('nothing was raised');
    const acknowledged = new Rig(rules, [{ ...raised, acknowledgedAt: start, acknowledgedBy: 'ann' }]);
    expect(acknowledged.after(5_000, high)).toEqual([]);
    acknowledged.after(5_000, low);
    expect(acknowledged.after(60_000, low)).toEqual(['alertResolved high_cpu WARNING']);
  });

  it('has the same id when it is evaluated again before it is stored, so it is stored once', () => {
    const rig = new Rig();
    const first = rig.evaluate(high);
    rig.now += 5_000;
    const second = rig.evaluate(high);
    expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    rig.store(first);
    rig.store(second);
    expect(rig.stored.length).toBe(1);
  });

  it('is raised although a producer has raised an alert of the same type', () => {
    const rig = new Rig();
    rig.after(0, high);
    const [alert] = rig.stored.map(alertOf);
    if (alert === undefined) throw new Error('nothing was raised');
    const other = new Rig(rules, [{ ...alert, source: 'producer' }]);
    expect(other.after(0, high)).toEqual(['alertRaised high_cpu WARNING']);
  });
});

describe('a rule with several subjects and levels', () => {
  let level: 'WARNING' | 'CRITICAL' = 'WARNING';
  let limited: readonly string[] = [];
  const rateLimit: Rule = {
    alertType: 'rate_limit',
    clearMs: 0,
    evaluate: () =>
      ['p1', 'p2'].map((provider) => ({
        subject: provider,
        alert: limited.includes(provider)
          ? { level, title: 'Rate limit', message: provider, actions: [], provider }
          : null,
      })),
  };

  it('raises an alert per subject, replaces it when the level rises, and keeps it when the level falls', () => {
    const rig = new Rig([rateLimit]);
    limited = ['p1', 'p2'];
    expect(rig.after(0, {})).toEqual(['alertRaised rate_limit WARNING', 'alertRaised rate_limit WARNING']);
    level = 'CRITICAL';
    limited = ['p1'];
    expect(rig.after(5_000, {})).toEqual([
      'alertResolved rate_limit WARNING',
      'alertRaised rate_limit CRITICAL',
      'alertResolved rate_limit WARNING',
    ]);
    level = 'WARNING';
    expect(rig.after(5_000, {})).toEqual([]);
    limited = [];
    expect(rig.after(5_000, {})).toEqual(['alertResolved rate_limit CRITICAL']);
  });
});
