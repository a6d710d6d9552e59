import { hostIdArgument } from '../gpu/graph.ts';
import { gaugeHistory } from '../history/graph.ts';
import './rule-fields.graph.ts';

const ofInstance = {
  args: hostIdArgument,
  subject: (
    { hostId }: { hostId?: string | null | undefined },
    { serverInfo }: { readonly serverInfo: { readonly hostId: string } },
  ): string => hostId ?? serverInfo.hostId,
};

gaugeHistory('connectionHistory', {
  gauge: 'connections',
  type: 'ConnectionHistoryPoint',
  of: 'the connections of the instance on a host',
  ...ofInstance,
});

gaugeHistory('subscriptionHistory', {
  gauge: 'subscriptions',
  type: 'SubscriptionHistoryPoint',
  of: 'the subscriptions of the instance on a host',
  ...ofInstance,
});
