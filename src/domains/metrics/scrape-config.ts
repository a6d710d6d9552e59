/**
 * The file that lists the targets to scrape. Errors in it are reported together with those of the environment, and each
 * names its target. The file contains names of environment variables instead of credentials.
 */
import { z } from 'zod';
import { hasCredentials, text, webUrl } from '../../config/parsers.ts';
import { section, type SettingsContext } from '../../config/setting.ts';
import { yamlEntries, yamlInteger } from '../../config/yaml-file.ts';
import type { Labels } from './events.ts';
import { labelValueCharsMax } from './series.ts';

const targetsMax = 200;
const labelsMax = 16;
const headersMax = 16;
const samplesMax = 20_000;

const labelName = /^[A-Za-z_]\w{0,99}$/;
/** Of `name` and `instance`, which are labels, too. */
const word = (charsMax: number) => {
  const error = `must be text of 1 to ${charsMax} characters without control characters`;
  return z
    .string({ error })
    .trim()
    .min(1, { error })
    .max(charsMax, { error })
    .refine((value) => !/\p{Cc}/u.test(value), { error });
};
const fileName = z
  .string({ error: 'must be the name of a file' })
  .min(1, { error: 'must be the name of a file' });
const mapRule = (what: string): { readonly error: string } => ({ error: `must map ${what}` });

const labels = mapRule(
  `at most ${labelsMax} names (letters, digits and _; neither job nor instance, which come from name and instance) to ` +
    `texts of at most ${labelValueCharsMax} characters`,
);
const headers = mapRule(`at most ${headersMax} names of headers to names of environment variables`);

const targetSchema = z.object({
  url: z
    .string({ error: 'must be a URL that starts with http:// or https://' })
    .pipe(webUrl)
    .refine((url) => !hasCredentials(url), { error: 'must not contain a user or password' }),
  name: word(100).optional(),
  instance: word(256).optional(),
  interval_ms: yamlInteger(1_000, 3_600_000).default(15_000),
  timeout_ms: yamlInteger(100, 120_000).optional(),
  sample_limit: yamlInteger(1, samplesMax).default(5_000),
  labels: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()], labels).transform(String), labels)
    .refine((map) => Object.keys(map).every(isOwnLabel) && Object.keys(map).length <= labelsMax, labels)
    .refine((map) => Object.values(map).every((value) => value.length <= labelValueCharsMax), labels)
    .default({}),
  headers_env: z
    .record(z.string(), z.string(headers), headers)
    .refine(
      (map) => Object.keys(map).every((name) => /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name)),
      headers,
    )
    .refine((map) => Object.values(map).every((env) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(env)), headers)
    .refine((map) => Object.keys(map).length <= headersMax, headers)
    .default({}),
  ca_file: fileName.optional(),
  cert_file: fileName.optional(),
  key_file: fileName.optional(),
});

type Entry = z.infer<typeof targetSchema>;

/** A target with its defaults, its credentials and its certificates. */
export interface ScrapeTarget {
  readonly url: string;
  /** The label `job`. */
  readonly name: string;
  /** The label `instance`. */
  readonly instance: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly sampleLimit: number;
  /** Labels of all its series, besides `job` and `instance`. */
  readonly labels: Labels;
  /** Never shown. */
  readonly headers: Readonly<Record<string, string>>;
  /** PEM texts. Null: the authorities that Node.js knows, and no certificate of the client. */
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string } | null;
}

const fileSetting = {
  env: 'SCRAPE_FILE',
  type: text,
  default: 'config/scrape.yaml',
  description:
    'YAML or JSON file that lists the targets whose metrics are scraped; config/scrape.example.yaml is an example. A file named here must exist. Without the default file, nothing is scraped.',
} as const;

const targetList = {
  file: fileSetting,
  key: 'targets',
  entriesMax: targetsMax,
  entry: targetSchema,
  nameKeys: ['name', 'url'],
} as const;

/** The targets to scrape, in the order of the file. */
export const scrapeSettings = section({
  title: 'Scraped metrics',
  prefix: 'SCRAPE_',
  settings: { file: fileSetting },
  resolve(_values, context): readonly ScrapeTarget[] {
    const names = new Set<string>();
    return yamlEntries(targetList, context).map(({ entry, about }) => {
      const target = targetOf(entry, about, context);
      const { name, instance, intervalMs, timeoutMs } = target;
      const id = JSON.stringify([name, instance]);
      if (names.has(id))
        context.error(`${about}: another target has the same name and instance; set name or instance`);
      names.add(id);
      if (timeoutMs > intervalMs)
        context.error(`${about}: timeout_ms must be at most interval_ms (${intervalMs}), got ${timeoutMs}`);
      return target;
    });
  },
});

/** Lets a value through that has spaces in it, as in `Bearer …` and `Basic …`. */
const headerText = z
  .string()
  .trim()
  .regex(/^[\x20-\x7e]+$/, { error: 'must be visible ASCII characters and spaces' });

function targetOf(entry: Entry, about: string, context: SettingsContext): ScrapeTarget {
  const { hostname, host, protocol, port } = new URL(entry.url);
  const headerOf = ([header, env]: [string, string]): [string, string][] => {
    const value = context.secret(env, headerText);
    if (value === null) context.error(`${about}: headers_env.${header} names ${env}, which must be set`);
    return value === null ? [] : [[header, value]];
  };
  return {
    url: entry.url,
    name: entry.name ?? hostname,
    instance: entry.instance ?? (port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host),
    intervalMs: entry.interval_ms,
    timeoutMs: entry.timeout_ms ?? Math.min(10_000, entry.interval_ms),
    sampleLimit: entry.sample_limit,
    labels: entry.labels,
    headers: Object.fromEntries(Object.entries(entry.headers_env).flatMap(headerOf)),
    tls: tlsOf(entry, about, context),
  };
}

function tlsOf(entry: Entry, about: string, context: SettingsContext): ScrapeTarget['tls'] {
  if ((entry.cert_file === undefined) !== (entry.key_file === undefined))
    context.error(`${about}: cert_file and key_file must both be present, or neither`);
  const read = (key: 'ca_file' | 'cert_file' | 'key_file'): string | undefined => {
    const name = entry[key];
    if (name === undefined) return undefined;
    const file = context.readFile(name);
    if ('text' in file && file.text.includes('-----BEGIN ')) return file.text;
    const reason = 'code' in file ? file.code : 'it is not PEM';
    context.error(`${about}: ${key} must name a readable PEM file (${reason}), got ${JSON.stringify(name)}`);
    return undefined;
  };
  const [ca, cert, key] = [read('ca_file'), read('cert_file'), read('key_file')];
  if (ca === undefined && cert === undefined) return null;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  };
}

function isOwnLabel(name: string): boolean {
  return labelName.test(name) && name !== 'job' && name !== 'instance';
}
