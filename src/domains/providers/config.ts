/**
 * The file that lists the data providers. Errors in it are reported together with those of the environment, and each
 * names its entry. The file contains names of environment variables instead of keys.
 */
import { z } from 'zod';
import { hasCredentials, headerValue, text as anyText, webUrl } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';
import { yamlEntries, yamlInteger } from '../../config/yaml-file.ts';
import { camelKeys, type CamelKeys } from '../../lib/case-keys.ts';
import type { Limit } from './events.ts';

const providersMax = 500;

const limitTypes = { per_minute: 'PER_MINUTE', per_hour: 'PER_HOUR', per_day: 'PER_DAY' } as const;

const text = (charsMax: number) => {
  const error = `must be text of 1 to ${charsMax} characters`;
  return z
    .string({ error })
    .trim()
    .min(1, { error })
    .max(charsMax, { error })
    .refine((value) => !value.includes('\u0000'), { error: 'must be text without U+0000' });
};
const variable = 'must be the name of an environment variable';
const header = 'must be the name of a header';
const limitType = 'must be per_minute, per_hour or per_day';
const yesOrNo = z.boolean({ error: 'must be true or false' });
const address = z
  .string({ error: 'must be a URL that starts with http:// or https://' })
  .pipe(webUrl)
  .refine((url) => !hasCredentials(url), { error: 'must not contain a user or password' });

const entrySchema = z.object({
  name: text(100),
  category: text(60),
  endpoint_url: address,
  health_check_url: address.optional(),
  requires_key: yesOrNo.default(false),
  api_key_env: z
    .string({ error: variable })
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: variable })
    .optional(),
  api_key_header: z
    .string({ error: header })
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, { error: header })
    .default('X-API-Key'),
  rate_limit_type: z.enum(['per_minute', 'per_hour', 'per_day'], { error: limitType }).optional(),
  rate_limit_value: yamlInteger(1, 1_000_000_000).optional(),
  timeout_ms: yamlInteger(100, 120_000).default(10_000),
  priority_tier: yamlInteger(1, 4).default(3),
  collect: yesOrNo.default(false),
});

type Entry = z.infer<typeof entrySchema>;

/** An entry of the file with its defaults and its API key. */
export interface ProviderSettings extends Readonly<
  CamelKeys<Omit<Entry, 'api_key_env' | 'rate_limit_type' | 'rate_limit_value'>>
> {
  readonly healthCheckUrl: string;
  /** Never shown and never stored. */
  readonly apiKey: string | null;
  readonly rateLimit: Limit | null;
}

const fileSetting = {
  env: 'PROVIDERS_FILE',
  type: anyText,
  default: 'config/providers.yaml',
  description:
    'YAML or JSON file that lists the data providers to probe; config/providers.example.yaml is an example. A file named here must exist. Without the default file, no provider is probed.',
} as const;

const providerList = {
  file: fileSetting,
  key: 'providers',
  entriesMax: providersMax,
  entry: entrySchema,
  nameKeys: ['name'],
} as const;

/** The data providers to probe, in the order of the file. */
export const providerSettings = section({
  title: 'Data providers',
  settings: { file: fileSetting },
  resolve(_values, context): readonly ProviderSettings[] {
    const names = new Set<string>();
    return yamlEntries(providerList, context).flatMap(({ entry, about }) => {
      const { rate_limit_type: type, rate_limit_value: value } = entry;
      if ((type === undefined) !== (value === undefined)) {
        context.error(`${about}: rate_limit_type and rate_limit_value must both be present, or neither`);
        return [];
      }
      if (names.has(entry.name.toLowerCase())) context.error(`${about}: another entry has the same name`);
      names.add(entry.name.toLowerCase());
      const key = entry.api_key_env === undefined ? null : context.secret(entry.api_key_env, headerValue);
      return [settingsOf(entry, key)];
    });
  },
});

function settingsOf(entry: Entry, apiKey: string | null): ProviderSettings {
  const { api_key_env: _, rate_limit_type: type, rate_limit_value: limitValue, ...others } = entry;
  return {
    ...camelKeys(others),
    healthCheckUrl: entry.health_check_url ?? entry.endpoint_url,
    apiKey,
    rateLimit:
      type === undefined || limitValue === undefined ? null : { limitType: limitTypes[type], limitValue },
  };
}
