import { z } from 'zod';
import { flag, listOf } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';
import { isLabelName } from './series.ts';

const labelNames = z
  .string()
  .transform(listOf)
  .refine((names) => names.length <= 16 && names.every(isLabelName), {
    error:
      'must be a comma-separated list of at most 16 attributes, each of letters, digits, _, ., :, / and -',
  })
  .transform((names): ReadonlySet<string> => new Set(names));

export const otlpSettings = section({
  title: 'Metrics of OpenTelemetry',
  prefix: 'OTLP_',
  settings: {
    enabled: {
      env: 'OTLP_METRICS',
      type: flag,
      default: 'false',
      description: 'Accept metrics over OTLP/HTTP at `POST /v1/metrics`.',
    },
    resourceLabels: {
      env: 'OTLP_RESOURCE_LABELS',
      type: labelNames,
      default: 'service.namespace,service.name,service.instance.id,host.name,deployment.environment.name',
      description:
        'Attributes of resources that become labels of their series, a comma-separated list. Others are not stored.',
    },
  },
});

export type OtlpConfig = ReturnType<typeof otlpSettings.resolve>;
