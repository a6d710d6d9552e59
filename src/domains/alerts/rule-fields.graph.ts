import { builder } from '../../graph/builder.ts';
import { exposedType, nullable, string } from '../../graph/exposed-fields.ts';
import { listSize } from '../../graph/list-size.ts';
import { declaredRuleFields, type RuleField } from '../../graph/rule-fields.ts';

const AlertRuleField = exposedType<RuleField>(
  'AlertRuleField',
  'A number of a gauge that alert rules can evaluate.',
  {
    name: string('Name for `field` of an alert rule: `host.cpu.usedPercent`.'),
    unit: nullable.string('Unit of the values. Null for counts and scores.'),
    description: string('What the number is.'),
  },
);

builder.queryField('alertRuleFields', (t) =>
  t.field({
    type: [AlertRuleField],
    requires: 'read',
    description: 'Returns the numbers of gauges that alert rules can evaluate, besides all metrics.',
    extensions: listSize(80),
    resolve: () => [...declaredRuleFields().values()],
  }),
);
