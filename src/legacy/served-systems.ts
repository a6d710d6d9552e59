import { z } from 'zod';
import { entriesOf } from '../config/parsers.ts';
import { section } from '../config/setting.ts';

/** Which of the old systems are served. @param names of all of them. */
export function servedSystemsSettings(names: readonly string[]) {
  const list = names.join(', ');
  return section({
    title: 'Old systems that are served',
    settings: {
      served: {
        env: 'LEGACY_SYSTEMS',
        type: z.string().transform((value, context): readonly string[] => {
          const word = value.toLowerCase();
          if (word === 'all') return names;
          if (word === 'none') return [];
          return entriesOf(value, context, {
            rule: `must be all, none or a comma-separated list of ${list}`,
            parse: (entry) => names.find((name) => name === entry.toLowerCase()) ?? null,
            nameOf: (name) => name,
          });
        }),
        default: 'all',
        description: `The old systems whose feeds and endpoints are served: all, none, or a comma-separated list of ${list}. Paths of the others are 404, with crypto also / (as JSON), /health and /info; /livez and /readyz are always served.`,
      },
    },
    resolve: ({ served }) => served,
  });
}
