import { integer } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

export const metricSettings = section({
  title: 'Metrics that clients report',
  prefix: 'METRIC_',
  settings: {
    seriesMax: {
      env: 'METRIC_SERIES_MAX',
      type: integer(1, 100_000),
      default: '10000',
      description:
        'Series (name and labels) of metrics with a value in the last 24 hours. A value of a further series is rejected.',
    },
    seriesPerSubjectMax: {
      env: 'METRIC_SERIES_MAX_PER_SUBJECT',
      type: integer(1, 100_000),
      default: '5000',
      description: 'The same for the series that one credential has created.',
    },
  },
});

export type MetricsConfig = ReturnType<typeof metricSettings.resolve>;
