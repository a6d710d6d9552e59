import { seconds } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

export const historySettings = section({
  title: 'History',
  prefix: 'HISTORY_',
  settings: {
    everyMs: {
      env: 'HISTORY_INTERVAL_S',
      type: seconds(1, 3_600),
      default: '30',
      description:
        'Seconds between two stored samples of GPUs, the database, models, model servers, deployed models, agents, KPIs, providers, unacknowledged alerts, connections and subscriptions, also without clients. Hosts have one every 10 seconds.',
    },
  },
});

export type HistoryConfig = ReturnType<typeof historySettings.resolve>;
