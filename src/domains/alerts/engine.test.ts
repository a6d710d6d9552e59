import { describe, expect, it } from 'vitest';
import type { Entry } from '../../journal/topic.ts';
import { createEngine } from './engine.ts';
import type { AlertDraft, AlertEventPayload, AlertRecord } from './events.ts';
import { alertOf } from './store.ts';
import { rules, type Limits, type Readings, type Rule } from './rules.ts';

const limits: Limits = {
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
  failedAttempts: null,
  http: null,
  providers: [],
};
const start = Date.UTC(2026, 10, 21, 10);

/** The engine with a log that stores what it says, and a clock that is set by hand. */
class Rig {
  readonly stored: Entry<AlertEventPayload>[] = [];
  readonly #ids = new Set<string>();
  #engine;
  #rules;
  now = start;

  constructor(ruleList: readonly Rule[] = rules, known: readonly AlertRecord[] = []) {
    this.#rules = ruleList;
    this.#engine = createEngine({ rules: ruleList, limits, known });
  }

  /** What the engine says of these readings, stored or not. */
  say(readings: Partial<Readings>): readonly AlertDraft[] {
    return this.#engine.evaluate({ ...unknown, ...readings, at: this.now });
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
      this.#engine.learn(alertOf(entry));
    }
  }

  /** One turn after `ms`: in short what was stored. */
  after(ms: number, readings: Partial<Readings>): string[] {
    this.now += ms;
    const before = this.stored.length;
    this.store(this.say(readings));
    return this.stored.slice(before).map(({ type, payload }) => {
      const { alertType, level } = 'alert' in payload ? payload.alert : payload;
      return `${type} ${alertType} ${level}`;
    });
  }

  /** The same log and another engine, which knows what the table would tell it. */
  restart(): void {
    const last = new Map<string, AlertRecord>();
    for (const alert of this.stored.map(alertOf)) last.set(`${alert.alertType} ${alert.subject}`, alert);
    this.#engine = createEngine({ rules: this.#rules, limits, known: [...last.values()] });
  }
}

describe('the rules', () => {
  it.each<[string, Partial<Readings>, string[]]>([
    ['a processor at its limit', { cpuPercent: 85 }, []],
    ['a processor above it', { cpuPercent: 85.01 }, ['high_cpu WARNING']],
    ['memory at 80 %', { memoryPercent: 80 }, []],
    ['memory above 80 %', { memoryPercent: 80.5 }, ['resource_warning WARNING']],
    ['memory at 90 %', { memoryPercent: 90 }, ['resource_warning WARNING']],
    ['memory above 90 %', { memoryPercent: 90.5 }, ['high_memory ERROR']],
    ['a pool at its limit', { dbPoolRatio: 0.95 }, []],
    ['a pool above it', { dbPoolRatio: 0.96 }, ['db_connections ERROR']],
    ['5 failed attempts', { failedAttempts: 5 }, []],
    ['6 failed attempts', { failedAttempts: 6 }, ['ws_failures ERROR']],
    ['4 slow requests', { http: { requests: 4, meanMs: 900 } }, []],
    ['5 slow requests', { http: { requests: 5, meanMs: 501 } }, ['response_time WARNING']],
    ['5 requests that are not slow', { http: { requests: 5, meanMs: 500 } }, []],
    ['no request', { http: { requests: 0, meanMs: null } }, []],
    ['nothing known', {}, []],
  ])('say of %s what it is', (_what, readings, expected) => {
    expect(new Rig().after(0, readings)).toEqual(expected.map((alert) => `alertRaised ${alert}`));
  });

  it('name the host, the number, its limit, and what to do', () => {
    const [draft] = new Rig().say({ memoryPercent: 83.456 });
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

describe('an alert', () => {
  const high = { cpuPercent: 90 };
  const low = { cpuPercent: 20 };

  it('is raised once while its condition goes on', () => {
    const rig = new Rig();
    expect(rig.after(0, high)).toEqual(['alertRaised high_cpu WARNING']);
    for (let turn = 0; turn < 30; turn++) expect(rig.after(5_000, high)).toEqual([]);
  });

  it('is resolved when its condition has been false for 60 seconds, and not before', () => {
    const rig = new Rig();
    rig.after(0, high);
    expect(rig.after(5_000, low)).toEqual([]);
    expect(rig.after(59_999, low)).toEqual([]);
    expect(rig.after(1, low)).toEqual(['alertResolved high_cpu WARNING']);
    expect(rig.after(60_000, low)).toEqual([]);
  });

  it('is not resolved by a condition that is false for a moment again and again', () => {
    const rig = new Rig();
    rig.after(0, high);
    for (let turn = 0; turn < 10; turn++) {
      expect(rig.after(5_000, low)).toEqual([]);
      expect(rig.after(55_000, low)).toEqual([]);
      expect(rig.after(5_000, high)).toEqual([]);
    }
  });

  it('is neither raised nor resolved while its condition cannot be known', () => {
    const rig = new Rig();
    expect(rig.after(0, {})).toEqual([]);
    rig.after(5_000, high);
    expect(rig.after(600_000, {})).toEqual([]);
    rig.after(5_000, low);
    rig.after(5_000, {});
    expect(rig.after(60_000, low)).toEqual([]);
    expect(rig.after(60_000, low)).toEqual(['alertResolved high_cpu WARNING']);
  });

  it('is another one when its condition comes back', () => {
    const rig = new Rig();
    rig.after(0, high);
    rig.after(5_000, low);
    rig.after(60_000, low);
    expect(rig.after(5_000, high)).toEqual(['alertRaised high_cpu WARNING']);
    expect(new Set(rig.stored.map(({ id }) => id)).size).toBe(3);
  });

  it('is still the same after a restart, and resolved in its time', () => {
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

  it('that somebody acknowledged is not raised again, and is resolved all the same', () => {
    const rig = new Rig();
    rig.after(0, high);
    const [raised] = rig.stored.map(alertOf);
    if (raised === undefined) throw new Error('nothing was raised');
    const acknowledged = new Rig(rules, [{ ...raised, acknowledgedAt: start, acknowledgedBy: 'ann' }]);
    expect(acknowledged.after(5_000, high)).toEqual([]);
    acknowledged.after(5_000, low);
    expect(acknowledged.after(60_000, low)).toEqual(['alertResolved high_cpu WARNING']);
  });

  it('has the same id in a second attempt to store it, and is stored once', () => {
    const rig = new Rig();
    const lost = rig.say(high);
    rig.now += 5_000;
    const again = rig.say(high);
    expect(again.map(({ id }) => id)).toEqual(lost.map(({ id }) => id));
    rig.store(lost);
    rig.store(again);
    expect(rig.stored.length).toBe(1);
  });

  it('of a producer with the same type is none of the rules’ business', () => {
    const rig = new Rig();
    rig.after(0, high);
    const [own] = rig.stored.map(alertOf);
    if (own === undefined) throw new Error('nothing was raised');
    const other = new Rig(rules, [{ ...own, source: 'producer' }]);
    expect(other.after(0, high)).toEqual(['alertRaised high_cpu WARNING']);
  });
});

describe('a rule of another kind', () => {
  let level: 'WARNING' | 'CRITICAL' = 'WARNING';
  let limited: readonly string[] = [];
  const rateLimit: Rule = {
    alertType: 'rate_limit',
    clearMs: 0,
    judge: () =>
      ['p1', 'p2'].map((provider) => ({
        subject: provider,
        alert: limited.includes(provider)
          ? { level, title: 'Rate limit', message: provider, actions: [], provider }
          : null,
      })),
  };

  it('raises an alert about each of its subjects, a worse one when the level rises, none when it falls', () => {
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
