import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import type { Instance } from '../../graph/server-stats.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import {
  dateTime,
  exposedFields,
  id,
  nullable,
  of,
  payloadFields,
  string,
} from '../../graph/exposed-fields.ts';
import { gaugeConnection } from '../../graph/gauge-connection.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { linkField } from '../../graph/links.ts';
import { fromGauge, nodeType } from '../../graph/node.ts';
import { gpuSampled } from '../gpu/events.ts';
import { GpuSampleType, hostIdArgument } from '../gpu/graph.ts';
import {
  hostDescribed,
  hostEvents,
  hostReported,
  hostSampled,
  type HostHealth,
  type HostInfo,
  type HostSample,
} from './events.ts';
import { Cpu, Disk, infoFields, Memory, Network, temperatureFields } from './fields.graph.ts';
import { evaluateHealth } from './health.ts';
import { statusOf, type HostStatus } from './presence.ts';

const HostHealthType = describedEnum<HostHealth>('HostHealth', 'Health of a host by its resource usage.', {
  HEALTHY: 'All resources are below their warning thresholds.',
  WARNING: 'CPU usage above 80 %, memory usage above 80 %, or disk usage above 90 %.',
  CRITICAL: 'CPU usage above 90 %, memory usage above 90 %, or disk usage above 95 %.',
  OFFLINE:
    'The host agent of the host does not report, as the status OFFLINE says. Samples never have this health.',
});

const Temperature = builder.objectRef<{ cpuC: number | null; gpuC: number | null }>('Temperature').implement({
  description:
    'Temperatures of a host. Null while ENABLE_TEMPERATURE_MONITORING is off, or the host agent does not read them, and without ' +
    'a sensor.',
  fields: (t) =>
    exposedFields(t, {
      ...temperatureFields,
      gpuC: nullable.float('Temperature of the first GPU, in degrees Celsius.'),
    }),
});

function firstGpu({ hostId }: HostSample, { journal }: GraphContext) {
  return journal.gauges.newest(gpuSampled, hostId)?.payload.gpus[0] ?? null;
}

export const SystemMetrics = builder.objectRef<HostSample>('SystemMetrics').implement({
  description:
    'A sample of a host. Source: the operating system, read by the server or a host agent on the host.',
  fields: (t) => ({
    ...exposedFields(t, {
      hostId: id('Id of the host: its hostname.'),
      sampledAt: dateTime('Time of the sample.'),
      cpu: of(Cpu, 'CPU usage and load.'),
      memory: of(Memory, 'Memory and swap usage.'),
      disk: of(Disk, 'Disk usage and throughput.'),
      network: of(Network, 'Network traffic since the host started.'),
      uptimeMs: nullable.float('Milliseconds since the host started. Null if the uptime cannot be read.'),
    }),
    gpuAvailable: t.boolean({
      description: 'Whether GPU monitoring of the host is on and nvidia-smi responds.',
      resolve: ({ hostId }, _args, { journal }) =>
        journal.gauges.newest(gpuSampled, hostId)?.payload.available ?? false,
    }),
    gpu: t.field({
      type: GpuSampleType,
      nullable: true,
      description: 'Newest sample of the first GPU. Null without a GPU. The query `gpus` returns all GPUs.',
      resolve: (sample, _args, context) => firstGpu(sample, context),
    }),
    temperature: t.field({
      type: Temperature,
      description: 'Temperatures of the processors and the first GPU.',
      resolve: (sample, _args, context) => {
        const { hostId, features } = context.serverInfo;
        const isRead = sample.hostId !== hostId || features['ENABLE_TEMPERATURE_MONITORING'] === true;
        const gpuC = isRead ? (firstGpu(sample, context)?.temperatureC ?? null) : null;
        return { cpuC: sample.temperature.cpuC, gpuC };
      },
    }),
    health: t.field({
      type: HostHealthType,
      description: 'Health of the host by its CPU, memory and disk usage. Unknown values are ignored.',
      resolve: (sample) => evaluateHealth(sample).health,
    }),
  }),
});

const HostStatusType = describedEnum<HostStatus>('HostStatus', 'Whether a host is being sampled.', {
  ONLINE: 'An instance of the server runs on it, or its host agent reports as planned.',
  OFFLINE:
    'No instance of the server runs on it, and its host agent has not reported for three of its intervals, and at least ' +
    'REPORTED_HOST_OFFLINE_AFTER_S.',
});

function hostStatus(hostId: string, { journal, serverInfo }: GraphContext): HostStatus {
  const report = journal.gauges.newest(hostReported, hostId)?.payload;
  if (report !== undefined) return statusOf(report, Date.now(), serverInfo.hosts.offlineAfterMs);
  const serves = ({ hostId: id, state }: Instance): boolean => id === hostId && state !== 'GONE';
  return hostId === serverInfo.hostId || serverInfo.instances().some(serves) ? 'ONLINE' : 'OFFLINE';
}

export const Host = nodeType<HostInfo>('Host', {
  description:
    'A monitored host. Source: the operating system, read when the server starts, or the last report of a host agent.',
  key: ({ hostId }) => hostId,
  load: fromGauge(hostDescribed),
  fields: (t) => ({
    ...exposedFields(t, { hostId: id('Identifies the host: its hostname.'), ...infoFields }),
    status: t.field({
      type: HostStatusType,
      description: 'Whether the host is being sampled.',
      resolve: ({ hostId }, _args, context) => hostStatus(hostId, context),
    }),
    lastSampleAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time of the newest sample of the host. Null before the first one.',
      resolve: ({ hostId }, _args, { journal }) =>
        journal.gauges.newest(hostSampled, hostId)?.payload.sampledAt ?? null,
    }),
    lastSampleAgeMs: t.float({
      nullable: true,
      description:
        'Milliseconds since the newest sample of the host was taken; 0 if its clock is ahead of that of this server. Null ' +
        'before the first one.',
      resolve: ({ hostId }, _args, { journal }) => {
        const sample = journal.gauges.newest(hostSampled, hostId)?.payload;
        return sample === undefined ? null : Math.max(0, Date.now() - sample.sampledAt);
      },
    }),
    lastSeenAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time at which this server, or an instance that shares its database, received the newest sample of the host. Null ' +
        'before the first one.',
      resolve: ({ hostId }, _args, { journal }) =>
        journal.gauges.newest(hostReported, hostId)?.payload.receivedAt ??
        journal.gauges.newest(hostSampled, hostId)?.recordedAt ??
        null,
    }),
    health: t.field({
      type: HostHealthType,
      nullable: true,
      description:
        'OFFLINE if the status of the host is OFFLINE, else the health by its newest sample. Null before the first one.',
      resolve: ({ hostId }, _args, context) => {
        if (hostStatus(hostId, context) === 'OFFLINE') return 'OFFLINE';
        const sample = context.journal.gauges.newest(hostSampled, hostId)?.payload;
        return sample === undefined ? null : evaluateHealth(sample).health;
      },
    }),
    reportedBy: t.id({
      nullable: true,
      description:
        'Subject of the credential with which a host agent reports the host. Null for the host of this server.',
      resolve: ({ hostId }, _args, { journal }) =>
        journal.gauges.newest(hostReported, hostId)?.payload.reportedBy ?? null,
    }),
    systemMetrics: t.field({
      type: SystemMetrics,
      nullable: true,
      description:
        'Newest sample of the host. Null for the host of this server while FEATURE_SYSTEM_MONITORING is off.',
      resolve: ({ hostId }, _args, { journal }) => journal.gauges.newest(hostSampled, hostId)?.payload,
    }),
  }),
});

const HostFilter = builder.inputType('HostFilter', {
  description: 'Selects hosts. All members that are given must match.',
  fields: (t) => ({
    hostIds: t.idList({ bounds: { items: [1, 1_000] }, description: 'Ids of hosts.' }),
    statuses: t.field({ type: [HostStatusType], description: 'Statuses of which a host has one.' }),
    search: t.string({
      bounds: { chars: [1, 253] },
      description: 'A part of the id or of the hostname, in upper or lower case.',
    }),
  }),
});

gaugeConnection('hosts', {
  name: 'Host',
  type: Host,
  topic: hostDescribed,
  description:
    'The monitored hosts in the alphabetical order of their ids: the host of this server, those of other instances on its ' +
    'database, and those that host agents have reported in the last 7 days, at most REPORTED_HOSTS_MAX. Source: memory.',
  page: 'A page of hosts.',
  edge: 'A host and its position in the list.',
  totalCount: 'Number of hosts that match the filter.',
  filter: HostFilter,
  order: ({ hostId }) => hostId,
  matches: (filter, context) => {
    const { hostIds, statuses, search } = filter ?? {};
    const ids = hostIds && new Set(hostIds);
    const text = search?.toLowerCase() ?? '';
    return ({ hostId, hostname }) =>
      (!ids || ids.has(hostId)) &&
      (!statuses || statuses.includes(hostStatus(hostId, context))) &&
      [hostId, hostname].some((name) => name.toLowerCase().includes(text));
  },
});

builder.queryField('host', (t) =>
  t.field({
    type: Host,
    nullable: true,
    requires: 'read',
    description: 'Returns one host. Null if it is not known.',
    args: hostIdArgument(t.arg),
    resolve: (_root, { hostId }, { journal, serverInfo }) =>
      journal.gauges.newest(hostDescribed, hostId ?? serverInfo.hostId)?.payload,
  }),
);

gaugeSubscription('systemMetrics', {
  type: SystemMetrics,
  topic: hostSampled,
  description: 'Samples of a host.',
  args: hostIdArgument,
  keys: ({ hostId }, { serverInfo }) => [hostId ?? serverInfo.hostId],
  everyMs: { defaultMs: 1_000, configured: 'systemMetricsMs' },
  feature: 'FEATURE_SYSTEM_MONITORING',
  featureOfOwnHost: true,
  query: {
    description:
      'Returns the newest sample of a host: of the host of this server at most 2 seconds old, of another one the last that ' +
      'its instance has sent or its host agent has reported. Null for the host of this server while FEATURE_SYSTEM_MONITORING is off, and for an ' +
      'unknown host.',
    maxAgeMs: 2_000,
    waitMs: 1_000,
  },
});

const HostEvent = eventType('HostEvent', hostEvents, {
  kind: 'HOST',
  description:
    'The health of a host changed. Source: the samples of the host, evaluated by its own server. Of a host that a host ' +
    'agent reports: it became silent (OFFLINE), or reports again.',
  fields: (t) => ({
    ...payloadFields(t, {
      hostId: id('Id of the host: its hostname.'),
      health: of(HostHealthType, 'Health after the change.'),
      previousHealth: of(HostHealthType, 'Health before the change.'),
      reason: string('Reason for people, with the resources: `High CPU usage detected`.'),
      recommendedAction: string('Recommended action, for people.'),
      cpuPercent: nullable.float(
        'CPU usage at the change, in percent, 0 to 100. Null if unknown, or if the host is OFFLINE.',
      ),
      memoryPercent: nullable.float(
        'Memory usage at the change, in percent, 0 to 100. Null if unknown, or if the host is OFFLINE.',
      ),
      diskPercent: nullable.float(
        'Disk usage at the change, in percent, 0 to 100. Null if unknown, or if the host is OFFLINE.',
      ),
    }),
    host: linkField(t, {
      to: Host,
      description: 'The present state of the host. Null if this server does not know it.',
      key: ({ payload }) => payload.hostId,
    }),
    ofThisHost: t.boolean({
      description: 'Whether the event is about the host of the server that sends it.',
      resolve: ({ payload }, _args, { serverInfo }) => payload.hostId === serverInfo.hostId,
    }),
  }),
});

eventSubscription('hostEvents', {
  type: HostEvent,
  topic: hostEvents,
  description: 'Each change of the health of a host',
  note: 'While a client subscribes, the host is sampled as often as for `systemMetrics`.',
  ofKey: ['hostId', 'Returns only events of this host. Default: all hosts.'],
  demands: (_args, { serverInfo }) => ({
    topic: hostSampled.name,
    everyMs: serverInfo.intervals.systemMetricsMs,
  }),
});

eventsLink(
  Host,
  eventConnection('HostEvent', { type: HostEvent, topic: hostEvents, followedBy: 'hostEvents' }),
  { description: 'The changes of the health of the host', of: ({ hostId }) => ({ key: hostId }) },
);
