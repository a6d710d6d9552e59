import { computed } from '@preact/signals';
import { isLost } from '../data/graph.ts';
import { loadOf, type HostLoad } from '../data/host-load.ts';
import { nodesOf } from '../data/lists.ts';
import { activeAlerts, isDatabaseDown, overall } from '../data/overall.ts';
import { lagMax } from '../panels/lag.ts';
import { levelOf, worst, type Level } from '../ui/state.tsx';
import type { ViewName } from './views.ts';

/** What is not as it should be, most important first. */
export interface Problem {
  readonly level: 'warning' | 'critical';
  readonly text: string;
  readonly view: ViewName;
}

function named(names: readonly string[], what: string): string {
  const [first = '', second] = names;
  if (second === undefined) return `${first} ${what}`;
  return names.length === 2
    ? `${first} and ${second} ${what}`
    : `${first} and ${names.length - 1} more ${what}`;
}

const parts = computed<readonly (Problem | null)[]>(() => {
  const { value } = overall.value;
  const failed = (
    level: Problem['level'],
    view: ViewName,
    names: readonly string[],
    what: string,
  ): Problem | null => (names.length === 0 ? null : { level, view, text: named(names, what) });
  const database = value?.health?.database;
  const hosts = nodesOf(value?.hosts);
  const under = (load: HostLoad) =>
    hosts.filter(({ hostId }) => loadOf(hostId) === load).map(({ hostId }) => hostId);
  const serious = activeAlerts.value.filter(
    ({ severity }) => severity === 'CRITICAL' || severity === 'ERROR',
  );
  const warnings = activeAlerts.value.filter(({ severity }) => severity === 'WARNING');
  const alerting = (level: Problem['level'], list: typeof serious): Problem | null => {
    const [first] = list;
    if (first === undefined) return null;
    const text = list.length === 1 ? first.title : `${list.length} alerts: ${first.title} …`;
    return { level, view: 'alerts', text };
  };
  return [
    isDatabaseDown.value ? { level: 'critical', view: 'database', text: 'Database does not respond' } : null,
    alerting('critical', serious),
    failed(
      'critical',
      'hosts',
      hosts.filter(({ status }) => status === 'OFFLINE').map(({ hostId }) => hostId),
      'offline',
    ),
    failed('critical', 'hosts', under('CRITICAL'), 'overloaded'),
    alerting('warning', warnings),
    failed('warning', 'server', goneInstances(), 'gone'),
    failed('warning', 'server', instancesBehind(), 'behind'),
    failed('warning', 'hosts', under('WARNING'), 'under load'),
    failed('warning', 'providers', providersIn('OFFLINE'), 'offline'),
    failed('warning', 'providers', providersIn('DEGRADED'), 'degraded'),
    failed('warning', 'models', lostServers(), 'unreachable'),
    failed(
      'warning',
      'agents',
      (value?.agents ?? []).filter(({ status }) => status === 'ERROR').map(({ name }) => name),
      'in error',
    ),
    failed(
      'warning',
      'work',
      (value?.jobs ?? []).filter(({ lastOutcome }) => lastOutcome === 'FAILED').map(({ name }) => name),
      'failed',
    ),
    database?.status === 'DEGRADED'
      ? { level: 'warning', view: 'database', text: 'Database degraded' }
      : null,
  ];
});

function providersIn(status: string): string[] {
  return (overall.value.value?.providers ?? [])
    .filter((one) => one.status === status)
    .map(({ name }) => name);
}

/** An instance that was started again on its host is listed twice, and is no problem. */
function goneInstances(): string[] {
  const instances = overall.value.value?.instances ?? [];
  const serving = new Set(instances.filter(({ state }) => state !== 'GONE').map(({ hostId }) => hostId));
  const gone = instances.filter(({ state, hostId }) => state === 'GONE' && !serving.has(hostId));
  return [...new Set(gone.map(({ hostId }) => `Instance ${hostId}`))];
}

function instancesBehind(): string[] {
  return (overall.value.value?.instances ?? [])
    .filter(({ state, lagCount }) => state !== 'GONE' && lagCount > lagMax)
    .map(({ hostId }) => `Instance ${hostId}`);
}

/** A server that has never had a model is one that nobody uses. */
function lostServers(): string[] {
  const { modelServers, models } = overall.value.value ?? {};
  const used = new Set((models ?? []).map(({ serverName }) => serverName));
  return (modelServers ?? [])
    .filter(({ name, reachable }) => reachable === false && used.has(name))
    .map(({ name }) => name);
}

export const problems = computed<readonly Problem[]>(() => parts.value.filter((part) => part !== null));

/** Whether everything is all right, at a glance. Without a connection it is not known, so it is not green. */
export const overallLevel = computed<Level>(() => {
  if (isLost.value) return 'critical';
  if (overall.value.value === null) return 'unknown';
  return worst(['ok', ...problems.value.map(({ level }) => level)]);
});

/** What the server itself measures, also without its database. */
const measuredViews: ReadonlySet<ViewName> = new Set(['hosts', 'providers', 'server']);

/** The state of each view, for the navigation. Null: there is nothing to be in a state. */
export const viewLevels = computed<Readonly<Partial<Record<ViewName, Level>>>>(() => {
  const { value } = overall.value;
  const of = (view: ViewName, exists: boolean): Level | undefined => {
    if (!exists) return undefined;
    const found = problems.value.filter((one) => one.view === view).map(({ level }) => level);
    // What is stored is not known to be all right while the database does not respond.
    return worst([isDatabaseDown.value && !measuredViews.has(view) ? 'unknown' : 'ok', ...found]);
  };
  const known = {
    alerts: of('alerts', value !== null),
    hosts: of(
      'hosts',
      nodesOf(value?.hosts).some(({ lastSampleAt }) => lastSampleAt !== null),
    ),
    database: value?.health === null || value === null ? undefined : of('database', true),
    models: of('models', (value?.models ?? []).length > 0),
    agents: of(
      'agents',
      (value?.agents ?? []).some(({ reportedAt }) => reportedAt !== null),
    ),
    providers: of(
      'providers',
      (value?.providers ?? []).some(({ status }) => levelOf(status) !== 'unknown' || status === 'OFFLINE'),
    ),
    work: of('work', (value?.jobs ?? []).length > 0),
    server: of('server', (value?.instances ?? []).length > 0),
  };
  return Object.fromEntries(Object.entries(known).filter(([, level]) => level !== undefined));
});

/** `3 hosts, 4 of 5 providers, 4 agents`. */
export const inventory = computed(() => {
  const { value } = overall.value;
  if (value === null) return '';
  const reported = (value.agents ?? []).filter(({ reportedAt }) => reportedAt !== null).length;
  const loaded = (value.models ?? []).length;
  const providers = value.providers ?? [];
  const serving = (value.instances ?? []).filter(({ state }) => state !== 'GONE').length;
  const counts: readonly (readonly [number, string])[] = [
    [serving > 1 ? serving : 0, 'instance'],
    [nodesOf(value.hosts).length, 'host'],
    [loaded, 'model'],
    [reported, 'agent'],
    [providers.length, 'provider'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}${count === 1 ? '' : 's'}`)
    .join(' · ');
});
