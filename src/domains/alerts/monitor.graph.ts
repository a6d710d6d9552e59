import { builder } from '../../graph/builder.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { censusTaken } from '../connections/events.ts';
import { Connections, emptyCensus } from '../connections/graph.ts';
import { providerSummarySampled, summaryKey } from '../providers/events.ts';
import { ProviderSummaryType } from '../providers/summary.graph.ts';
import { monitorLookedAt, type MonitorLook } from './events.ts';

const MonitorStatus = builder.objectRef<MonitorLook>('MonitorStatus').implement({
  description: 'The monitoring of providers at a glance: how they are, what was alerted, who is connected.',
  fields: (t) => ({
    sampledAt: t.expose('sampledAt', { type: 'DateTime', description: 'When all of it was looked at.' }),
    providers: t.field({
      type: ProviderSummaryType,
      nullable: true,
      description: 'All providers in short; null only while the server starts.',
      resolve: (_look, _args, { journal }) =>
        journal.gauges.newest(providerSummarySampled, summaryKey)?.payload,
    }),
    unacknowledgedAlerts: t.exposeInt('unacknowledgedAlerts', {
      nullable: true,
      description:
        'Alerts raised in the 60 minutes before that nobody has acknowledged, resolved or not; null when the store does ' +
        'not answer. Source: the table alerts.',
    }),
    connections: t.field({
      type: Connections,
      description: 'Who is connected to this instance.',
      resolve: (_look, _args, { journal, facts }) =>
        journal.gauges.newest(censusTaken, facts.hostId)?.payload ?? emptyCensus(),
    }),
  }),
});

gaugeSubscription('monitorStatus', {
  type: MonitorStatus,
  topic: monitorLookedAt,
  description: 'The monitoring of providers at a glance, looked at again every `everyMs`.',
  keys: (_args, { facts }) => [facts.hostId],
  everyMs: { defaultMs: 10_000 },
});
