import { declaredRuleFields, type RuleField, type SeriesValue } from '../../graph/rule-fields.ts';
import type { Entry } from '../../journal/topic.ts';
import { getOrCreate } from '../../lib/get-or-create.ts';
import type { DomainContext } from '../domain.ts';
import { metricReported, seriesOf, type Metric } from '../metrics/events.ts';
import { alertRuleEvents, type AlertRuleChange, type AlertRuleRecord } from './alert-rules.events.ts';
import { readRules, readStoredValues } from './alert-rules.store.ts';
import type { AlertDraft } from './events.ts';
import type { RuleEvaluator } from './rule-evaluator.ts';
import { RuleSeries, seriesMax, type SeriesBudget } from './rule-series.ts';

/** Open alerts whose series has no value of this age are looked up at this interval. */
const lookUpEveryMs = 15_000;

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
  /** The events to store. Values that this instance does not receive are read from the database before. */
  evaluate(now: number): Promise<readonly AlertDraft[]>;
  stop(): void;
}

/**
 * Evaluates the rules of operators: observes the gauges and metrics that they name, as their values arrive, and makes
 * events of the results. Rules are read at the start, and follow their events.
 *
 * @param due called when an alert may have to be raised now.
 */
export async function startRules(
  { database, journal, log }: Pick<DomainContext, 'database' | 'journal' | 'log'>,
  evaluator: RuleEvaluator,
  due: () => void,
): Promise<RuleRunner> {
  const { gauges, demand } = journal;
  const running = new Map<string, RunningRule>();
  const budget: SeriesBudget = { count: 0 };
  const byTopic = new Map<string, Set<RunningRule>>();
  const byMetric = new Map<string, Set<RunningRule>>();

  function add(rule: AlertRuleRecord): void {
    remove(rule.ruleId);
    if (!rule.enabled || rule.origin === 'CONFIGURATION') return;
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
    const [index, key] = field === null ? [byMetric, rule.metric?.name ?? ''] : [byTopic, field.topic.name];
    getOrCreate(index, key, () => new Set()).add(one);
    const known = field === null ? gauges.all(metricReported) : gauges.all(field.topic);
    for (const entry of known) observe(one, entry);
    due();
  }

  function remove(ruleId: string): void {
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

  const following = journal.log.onAppend((entries) => {
    for (const entry of entries) {
      if (entry.topic !== alertRuleEvents.name) continue;
      if (entry.type === 'alertRuleDeleted') remove(entry.key);
      else add((entry.payload as AlertRuleChange).rule);
    }
  });

  for (const rule of await readRules(database.kysely, 'OPERATOR')) add(rule);

  /**
   * Reads the stored values of a metric before an alert is raised or resolved, because another instance may have
   * received a newer value. For open alerts without recent values it does so from time to time.
   */
  async function lookUp(one: RunningRule, now: number): Promise<void> {
    const { rule, series } = one;
    if (rule.metric === null) return;
    const firing = new Set([...series.firing(now), ...series.missing(now)]);
    const open = new Set(evaluator.open(rule.ruleId).map(({ subject }) => subject));
    const changes =
      [...firing].some((subject) => !open.has(subject)) ||
      [...open].some((subject) => !firing.has(subject) && series.lastAt(subject) !== null);
    const old = [...open].filter(
      (subject) => subject !== '' && (series.lastAt(subject) ?? 0) < now - lookUpEveryMs,
    );
    if (old.length === 0) one.gone = [];
    if (!changes && (old.length === 0 || now - one.lookedUpAt < lookUpEveryMs)) return;
    const stored = await readStoredValues(database.kysely, rule.metric, seriesMax);
    one.lookedUpAt = now;
    for (const { at, ...value } of stored) series.observe({ ...valueOf(value), at: at.getTime() }, now);
    one.gone = old.filter((subject) => series.lastAt(subject) === null);
  }

  return {
    async evaluate(now) {
      const drafts: AlertDraft[] = [];
      for (const one of running.values()) {
        const { ruleId: alertType, clearMs } = one.rule;
        if (one.rule.metric !== null) one.series.forget(now);
        await lookUp(one, now);
        if (running.get(alertType) !== one) continue; // removed while the database was read
        const gone = one.gone.map((subject) => ({ subject, alert: null }));
        drafts.push(...evaluator.apply({ alertType, clearMs }, [...one.series.results(now), ...gone], now));
      }
      return drafts;
    },
    stop() {
      listening[Symbol.dispose]();
      following[Symbol.dispose]();
      for (const ruleId of running.keys()) remove(ruleId);
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
