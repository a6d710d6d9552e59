import { integer } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

export const customEventSettings = section({
  title: 'Custom events',
  prefix: 'CUSTOM_',
  settings: {
    typesMax: {
      env: 'CUSTOM_EVENT_TYPES_MAX',
      type: integer(1, 10_000),
      default: '500',
      description: 'Types of custom events that are retained. An event of a further type is rejected.',
    },
  },
});

export type CustomEventsConfig = ReturnType<typeof customEventSettings.resolve>;
