import { builder } from '../../graph/builder.ts';
import { dateTime, exposedFields, nullable } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { censusTaken } from '../server/events.ts';
import { Connections, emptyCensus } from '../server/connections.graph.ts';
import { providerSummarySampled, summaryKey } from '../providers/events.ts';
import { ProviderSummaryType } from '../providers/summary.graph.ts';
import { monitorLookedAt, type MonitorLook } from './events.ts';

const MonitorStatus = builder.objectRef<MonitorLook>('MonitorStatus').implement({
  description: 'The monitoring of providers at a glance: how they are, what was alerted, who is connected.',
  fields: (t) => ({
    ...exposedFields(t, {
      sampledAt: dateTime('When all of it was looked at.'),
      unacknowledgedAlerts: nullable.int(
        'Alerts raised in the 60 minutes before that nobody has acknowledged, resolved or not; null when the store does ' +
          'not answer. Source: the table alerts.',
      ),
    }),
    providers: t.field({
      type: ProviderSummaryType,
      nullable: true,
      description: 'All providers in short; null only while the server starts.',
      resolve: (_look, _args, { journal }) =>
        journal.gauges.newest(providerSummarySampled, summaryKey)?.payload,
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
