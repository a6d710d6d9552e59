import { builder } from '../../graph/builder.ts';
import { dateTime, exposedFields, nullable } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { onlyItem, ruleFields } from '../../graph/rule-fields.ts';
import { gaugeHistory } from '../history/graph.ts';
import { providerSummarySampled, summaryKey } from '../providers/events.ts';
import { ProviderSummaryType } from '../providers/summary.graph.ts';
import { Connections, newestConnections } from '../server/connections.graph.ts';
import { monitorSampled, type MonitorSample } from './events.ts';

ruleFields('monitor', {
  topic: monitorSampled,
  everyMs: 15_000,
  items: onlyItem,
  fields: {
    unacknowledgedAlertCount: [null, 'Alerts of the last 60 minutes that are not acknowledged.'],
  },
});

gaugeHistory('monitorHistory', {
  gauge: 'monitor',
  type: 'MonitorHistoryPoint',
  of: 'the number of unacknowledged alerts',
});

const MonitorStatus = builder.objectRef<MonitorSample>('MonitorStatus').implement({
  description: 'An overview of the monitoring: providers, alerts and connections.',
  fields: (t) => ({
    ...exposedFields(t, {
      sampledAt: dateTime('When the values were read.'),
      unacknowledgedAlertCount: nullable.int(
        'Number of alerts that were raised in the last 60 minutes and are not acknowledged, resolved or not. Null if the ' +
          'database does not answer. Source: the table alerts.',
      ),
    }),
    providers: t.field({
      type: ProviderSummaryType,
      nullable: true,
      description: 'Summary of all providers. Null only while the server starts.',
      resolve: (_sample, _args, { journal }) =>
        journal.gauges.newest(providerSummarySampled, summaryKey)?.payload,
    }),
    connections: t.field({
      type: Connections,
      description: 'WebSocket connections of this instance.',
      resolve: (_sample, _args, context) => newestConnections(context),
    }),
  }),
});

gaugeSubscription('monitorStatus', {
  type: MonitorStatus,
  topic: monitorSampled,
  description: 'An overview of the monitoring, read again in each interval.',
  keys: (_args, { serverInfo }) => [serverInfo.hostId],
  everyMs: { defaultMs: 10_000 },
});
