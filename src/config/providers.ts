/**
 * The file of the providers of data that are watched. Every mistake in it is reported with those of the environment,
 * each naming its entry; keys stand in the environment and never in the file.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Files } from './listen.ts';
import { headerValue, webUrl } from './values.ts';
import type { Variables } from './variables.ts';
import { parseYaml } from '../lib/yaml.ts';

export interface ProviderConfig {
  readonly name: string;
  readonly category: string;
  /** What is collected. */
  readonly endpointUrl: string;
  /** What is probed. */
  readonly healthCheckUrl: string;
  /** It is left alone as long as there is no key. */
  readonly requiresKey: boolean;
  readonly apiKey: string | null;
  readonly apiKeyHeader: string;
  readonly rateLimit: {
    readonly limitType: 'PER_MINUTE' | 'PER_HOUR' | 'PER_DAY';
    readonly limitValue: number;
  } | null;
  readonly timeoutMs: number;
  /** 1 (most important) to 4. */
  readonly priorityTier: number;
  readonly collect: boolean;
}

const DEFAULT_FILE = 'config/providers.yaml';
const PROVIDERS_MAX = 500;

const limitTypes = { per_minute: 'PER_MINUTE', per_hour: 'PER_HOUR', per_day: 'PER_DAY' } as const;

const text = (charsMax: number) =>
  z
    .string({ error: `must be text of 1 to ${charsMax} characters` })
    .trim()
    .min(1, { error: `must be text of 1 to ${charsMax} characters` })
    .max(charsMax, { error: `must be text of 1 to ${charsMax} characters` })
    .refine((value) => !value.includes('\u0000'), { error: 'must be text without U+0000' });
const whole = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};
const yesOrNo = z.boolean({ error: 'must be true or false' });
const address = z
  .string({ error: 'must be a URL that begins with http:// or https://' })
  .pipe(webUrl)
  .refine((url) => URL.canParse(url) && new URL(url).username === '' && new URL(url).password === '', {
    error: 'must hold no user or password',
  });

const entrySchema = z.object({
  name: text(100),
  category: text(60),
  endpoint_url: address,
  health_check_url: address.optional(),
  requires_key: yesOrNo.default(false),
  api_key_env: z
    .string({ error: 'must be the name of an environment variable' })
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'must be the name of an environment variable' })
    .optional(),
  api_key_header: z
    .string({ error: 'must be the name of a header' })
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, { error: 'must be the name of a header' })
    .default('X-API-Key'),
  rate_limit_type: z
    .enum(['per_minute', 'per_hour', 'per_day'], { error: 'must be per_minute, per_hour or per_day' })
    .optional(),
  rate_limit_value: whole(1, 1_000_000_000).optional(),
  timeout_ms: whole(100, 120_000).default(10_000),
  priority_tier: whole(1, 4).default(3),
  collect: yesOrNo.default(false),
});

type Entry = z.infer<typeof entrySchema>;

/** The providers that are configured, in the order of the file. Without a file there are none. */
export function readProviders(vars: Variables, { cwd, readFile }: Files): readonly ProviderConfig[] {
  const named = vars.text('PROVIDERS_FILE');
  const file = named ?? DEFAULT_FILE;
  const list = readList(vars, { file, named: named !== undefined, path: resolve(cwd, file), readFile });
  const names = new Set<string>();
  return list.flatMap((raw, index) => {
    const about = `providers[${index}]${nameOf(raw)} in ${file}`;
    const entry = readEntry(vars, about, raw);
    if (entry === null) return [];
    if (names.has(entry.name.toLowerCase())) vars.mistakes.push(`${about}: another entry has this name`);
    names.add(entry.name.toLowerCase());
    return [
      configOf(entry, entry.api_key_env === undefined ? null : vars.secret(entry.api_key_env, headerValue)),
    ];
  });
}

interface ProvidersFile extends Pick<Files, 'readFile'> {
  readonly file: string;
  /** The operator named it: then it has to be there. */
  readonly named: boolean;
  readonly path: string;
}

function readList(vars: Variables, { file, named, path, readFile }: ProvidersFile): readonly unknown[] {
  let content: string;
  try {
    content = readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    if (named || !missing)
      vars.mistakes.push(
        `${named ? `PROVIDERS_FILE=${JSON.stringify(file)}` : file} cannot be read (${code})`,
      );
    return [];
  }
  let root: unknown;
  try {
    root = parseYaml(content);
  } catch (error) {
    vars.mistakes.push(`${file} is no readable YAML: ${(error as Error).message}`);
    return [];
  }
  const list = isMap(root) ? root['providers'] : null;
  if (!Array.isArray(list)) {
    vars.mistakes.push(`${file} must hold a list under the key providers; \`providers: []\` for none`);
    return [];
  }
  for (const key of Object.keys(root as object))
    if (key !== 'providers' && !key.startsWith('x-'))
      vars.warnings.push(`${key} in ${file} is not a known key and has no effect`);
  if (list.length > PROVIDERS_MAX) {
    vars.mistakes.push(`${file} names ${list.length} providers; at most ${PROVIDERS_MAX} are allowed`);
    return [];
  }
  return list as readonly unknown[];
}

function readEntry(vars: Variables, about: string, raw: unknown): Entry | null {
  if (!isMap(raw)) {
    vars.mistakes.push(`${about} must hold keys such as name and endpoint_url`);
    return null;
  }
  // A key without a value says nothing.
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
  for (const key of Object.keys(given))
    if (!Object.hasOwn(entrySchema.shape, key))
      vars.warnings.push(`${about}: ${key} is no known key and has no effect`);
  const result = entrySchema.safeParse(given);
  if (!result.success) {
    for (const { path, message } of result.error.issues)
      vars.mistakes.push(`${about}: ${path.join('.')} ${message}`);
    return null;
  }
  const { rate_limit_type: type, rate_limit_value: value } = result.data;
  if ((type === undefined) !== (value === undefined)) {
    vars.mistakes.push(`${about}: rate_limit_type and rate_limit_value must stand together`);
    return null;
  }
  return result.data;
}

function configOf(entry: Entry, apiKey: string | null): ProviderConfig {
  const { rate_limit_type: type, rate_limit_value: value } = entry;
  return {
    name: entry.name,
    category: entry.category,
    endpointUrl: entry.endpoint_url,
    healthCheckUrl: entry.health_check_url ?? entry.endpoint_url,
    requiresKey: entry.requires_key,
    apiKey,
    apiKeyHeader: entry.api_key_header,
    rateLimit:
      type === undefined || value === undefined ? null : { limitType: limitTypes[type], limitValue: value },
    timeoutMs: entry.timeout_ms,
    priorityTier: entry.priority_tier,
    collect: entry.collect,
  };
}

function nameOf(raw: unknown): string {
  const name = isMap(raw) ? raw['name'] : null;
  return typeof name === 'string' ? ` (${name.slice(0, 100)})` : '';
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
