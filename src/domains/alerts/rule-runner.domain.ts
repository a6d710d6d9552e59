import { declaredRuleFields, type RuleField, type SeriesValue } from '../../graph/rule-fields.ts';
import type { Entry } from '../../journal/topic.ts';
import { append } from '../../lib/append.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import { getOrCreate } from '../../lib/get-or-create.ts';
import type { Source } from '../../sources/source.ts';
import type { DomainContext } from '../domain.ts';
import { metricReported, seriesOf, type Metric } from '../metrics/events.ts';
import { alertRuleEvents, type AlertRuleChange, type AlertRuleRecord } from './alert-rules.events.ts';
import { readRules, readStoredValues } from './alert-rules.store.ts';
import type { AlertDraft } from './events.ts';
import type { RuleEvaluator } from './rule-evaluator.ts';
import { RuleSeries, seriesMax, type SeriesBudget } from './rule-series.ts';

/** Open alerts whose series has no value of this age are looked up at this interval. */
const lookUpEveryMs = 15_000;
/** Rules whose series one evaluation looks up. The others follow in the next one. */
const lookUpsMax = 40;
/** Alerts of a rule that has ended are looked for during this time. */
const forgetEndedAfterMs = 60_000;
/** Interval of the evaluation. */
const evaluateEveryMs = 5_000;
/** How long after a value that may change an alert the rules are evaluated: at most ten times a second. */
const dueAfterMs = 100;
const timeoutMs = 5_000;
/** The source has no gauges: this is the name by which it is requested to run. */
const feed = 'alerts.rules.evaluation';

interface RunningRule {
  readonly rule: AlertRuleRecord;
  readonly series: RuleSeries;
  readonly field: RuleField | null;
  /** Requests the gauge of the field. */
  readonly watching: Disposable | null;
  lookedUpAt: number;
  /** The subjects of open alerts whose series were not found in the database. */
  gone: readonly string[];
}

export interface RuleRunner {
  /** Evaluates the rules at intervals, and soon after values that may change an alert. */
  readonly source: Source;
  stop(): Promise<void>;
}

/**
 * Evaluates the rules of operators: observes the gauges and metrics that they name, as their values arrive, and makes
 * events of the results. Rules are read at the start, and follow their events.
 */
export async function startRules(
  { database, journal, log }: Pick<DomainContext, 'database' | 'journal' | 'log'>,
  evaluator: RuleEvaluator,
): Promise<RuleRunner> {
  const { gauges, demand } = journal;
  const running = new Map<string, RunningRule>();
  const budget: SeriesBudget = { count: 0 };
  const byTopic = new Map<string, Set<RunningRule>>();
  const byMetric = new Map<string, Set<RunningRule>>();
  /** Rules that are not evaluated and since when: they may have open alerts that were raised at the same time. */
  const ended = new Map<string, number>();
  let dueTimer: NodeJS.Timeout | undefined;
  const evaluation = new CoalescedRefresh(
    () => demand.refresh(feed, 0, timeoutMs),
    (error) => log.warn({ err: error }, 'failed to evaluate the alert rules'),
  );

  function due(): void {
    dueTimer ??= setTimeout(() => {
      dueTimer = undefined;
      void evaluation.request();
    }, dueAfterMs).unref();
  }

  function add(rule: AlertRuleRecord): void {
    remove(rule.ruleId);
    if (!rule.enabled) return;
    const field = rule.field === null ? null : (declaredRuleFields().get(rule.field) ?? null);
    if (field === null && rule.metric === null) {
      log.warn({ rule: rule.ruleId, field: rule.field }, 'the field of the alert rule does not exist');
      return;
    }
    const one: RunningRule = {
      rule,
      series: new RuleSeries(rule, Date.now(), budget),
      field,
      watching: field === null ? null : demand.watch(field.topic.name, field.everyMs),
      lookedUpAt: Number.NEGATIVE_INFINITY,
      gone: [],
    };
    running.set(rule.ruleId, one);
    ended.delete(rule.ruleId);
    const [index, key] = field === null ? [byMetric, rule.metric?.name ?? ''] : [byTopic, field.topic.name];
    getOrCreate(index, key, () => new Set()).add(one);
    const known = field === null ? gauges.all(metricReported) : gauges.all(field.topic);
    for (const entry of known) observe(one, entry);
    due();
  }

  function remove(ruleId: string): void {
    ended.set(ruleId, Date.now());
    const one = running.get(ruleId);
    if (one === undefined) return;
    running.delete(ruleId);
    one.series.clear();
    one.watching?.[Symbol.dispose]();
    for (const index of [byTopic, byMetric])
      for (const [key, rules] of index) if (rules.delete(one) && rules.size === 0) index.delete(key);
  }

  /** @returns whether an alert may have to be raised now. */
  function observe({ rule, series, field }: RunningRule, entry: Entry): boolean {
    if (field === null) {
      const metric = entry.payload as Metric;
      return isOf(rule, metric) && series.observe({ ...valueOf(metric), at: metric.sampledAt }, Date.now());
    }
    // every value counts, although one may be enough
    return field
      .read(entry)
      .map((value) => series.observe(value, Date.now()))
      .some(Boolean);
  }

  function rulesOf(entry: Entry): ReadonlySet<RunningRule> | undefined {
    return entry.topic === metricReported.name
      ? byMetric.get((entry.payload as Metric).name)
      : byTopic.get(entry.topic);
  }

  const listening = gauges.onPut((entries) => {
    let isDue = false;
    for (const entry of entries)
      for (const one of rulesOf(entry) ?? []) {
        try {
          isDue = observe(one, entry) || isDue;
        } catch (error) {
          log.error({ err: error, rule: one.rule.ruleId }, 'failed to evaluate an alert rule');
        }
      }
    if (isDue) due();
  });

  /** Rules that have changed while the rules were read. */
  const changed = new Set<string>();
  const following = journal.log.onAppend((entries) => {
    for (const entry of entries) {
      if (entry.topic !== alertRuleEvents.name) continue;
      changed.add(entry.key);
      if (entry.type === 'alertRuleDeleted') remove(entry.key);
      else add((entry.payload as AlertRuleChange).rule);
    }
  });

  for (const rule of await readRules(database.kysely, 'OPERATOR')) if (!changed.has(rule.ruleId)) add(rule);
  const configured = new Set(evaluator.configured());
  for (const ruleId of evaluator.openTypes())
    if (!running.has(ruleId) && !configured.has(ruleId)) ended.set(ruleId, Date.now());

  /**
   * Reads the stored values of a metric before an alert is raised or resolved, because another instance may have
   * received a newer value. For open alerts without recent values it does so from time to time.
   */
  function needsLookUp({ rule, series, lookedUpAt }: RunningRule, now: number): boolean {
    if (rule.metric === null) return false;
    const firing = new Set([...series.firing(now), ...series.missing(now)]);
    const open = new Set(evaluator.open(rule.ruleId).map(({ subject }) => subject));
    const changes =
      [...firing].some((subject) => !open.has(subject)) ||
      [...open].some((subject) => !firing.has(subject) && series.lastAt(subject) !== null);
    return changes || (oldSubjects(rule, series, now).length > 0 && now - lookedUpAt >= lookUpEveryMs);
  }

  /** The subjects of open alerts without recent values. */
  function oldSubjects({ ruleId }: AlertRuleRecord, series: RuleSeries, now: number): readonly string[] {
    return evaluator
      .open(ruleId)
      .map(({ subject }) => subject)
      .filter((subject) => subject !== '' && (series.lastAt(subject) ?? 0) < now - lookUpEveryMs);
  }

  async function lookUp(one: RunningRule, now: number): Promise<void> {
    const { rule, series } = one;
    if (rule.metric === null) return;
    const stored = await readStoredValues(database.kysely, rule.metric, seriesMax);
    one.lookedUpAt = now;
    for (const { at, ...value } of stored) series.observe({ ...valueOf(value), at: at.getTime() }, now);
    one.gone = oldSubjects(rule, series, now).filter((subject) => series.lastAt(subject) === null);
    // the next evaluation begins with the other rules
    if (running.get(rule.ruleId) !== one) return;
    running.delete(rule.ruleId);
    running.set(rule.ruleId, one);
  }

  /** The events to store. */
  async function evaluate(now: number): Promise<readonly AlertDraft[]> {
    const drafts: AlertDraft[] = [];
    let lookUps = 0;
    for (const one of Array.from(running.values())) {
      // a look-up changes the order of the rules
      const { ruleId: alertType, clearMs, metric } = one.rule;
      if (metric !== null) one.series.forget(now);
      if (needsLookUp(one, now)) {
        if (lookUps++ >= lookUpsMax) continue;
        await lookUp(one, now);
      }
      if (running.get(alertType) !== one) continue; // removed while the database was read
      const gone = one.gone
        .filter((subject) => one.series.lastAt(subject) === null)
        .map((subject) => ({ subject, alert: null }));
      append(drafts, evaluator.apply({ alertType, clearMs }, [...one.series.results(now), ...gone], now));
    }
    for (const [ruleId, since] of ended) {
      const open = evaluator.open(ruleId);
      if (open.length === 0 && now - since > forgetEndedAfterMs) ended.delete(ruleId);
      const results = open.map(({ subject }) => ({ subject, alert: null }));
      append(drafts, evaluator.apply({ alertType: ruleId, clearMs: 0 }, results, now));
    }
    return drafts;
  }

  return {
    source: {
      name: 'alert-rules',
      feeds: [feed],
      backgroundMs: evaluateEveryMs,
      timeoutMs,
      // events that could not be stored are returned again by the next sample
      sample: async () => ({ gauges: [], events: await evaluate(Date.now()) }),
    },
    async stop() {
      listening[Symbol.dispose]();
      following[Symbol.dispose]();
      clearTimeout(dueTimer);
      for (const ruleId of running.keys()) remove(ruleId);
      await evaluation.stop();
    },
  };
}

function isOf({ metric: wanted }: AlertRuleRecord, metric: Metric): boolean {
  return (
    wanted !== null &&
    wanted.name === metric.name &&
    Object.entries(wanted.labels).every(([label, value]) => metric.labels[label] === value)
  );
}

function valueOf({
  name,
  labels,
  value,
}: Pick<Metric, 'name' | 'labels' | 'value'>): Omit<SeriesValue, 'at'> {
  return { subject: seriesOf({ name, labels }), value, labels };
}
