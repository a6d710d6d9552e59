import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errors as errorsWith, read as readWith } from '../../../test/_util/config.ts';

const files = (text: string | null) => (text === null ? {} : { '/srv/ops/config/providers.yaml': text });
const read = (text: string | null, env: Record<string, string> = {}) => readWith(env, files(text));
const errors = (text: string | null, env: Record<string, string> = {}) => errorsWith(env, files(text));

const entry = 'name: A, category: c, endpoint_url: "https://a.example/x/"';

describe('the providers file', () => {
  test('must exist only if PROVIDERS_FILE is set', () => {
    expect(read(null).config.providers).toEqual([]);
    expect(read('providers: []').config.providers).toEqual([]);
    expect(errors(null, { PROVIDERS_FILE: 'mine.json' })).toEqual([
      'PROVIDERS_FILE must name a readable file (ENOENT), got "mine.json"',
    ]);
  });

  test.each(['', '# nothing', '{}', 'provider: []', 'providers:', 'Providers: [a]', '[]', '- a', 'text'])(
    'is rejected without a list of providers: %j',
    (text) => {
      expect(errors(text)).toEqual([
        'config/providers.yaml must contain a list under the key providers, or `providers: []` for none',
      ]);
    },
  );

  test('shares settings between entries with merge keys', () => {
    const text = `
x-common: &common { category: exchange, timeout_ms: 500, collect: true }
providers:
  - &first { <<: *common, name: A, endpoint_url: "https://a.example" }
  - { <<: [*first, *common], name: B, timeout_ms: 700 }`;
    const { config, warnings } = read(text);
    expect(config.providers).toMatchObject([
      { name: 'A', category: 'exchange', timeoutMs: 500, collect: true },
      { name: 'B', category: 'exchange', timeoutMs: 700, collect: true, endpointUrl: 'https://a.example' },
    ]);
    expect(warnings).toEqual([]);
  });

  test('has defaults for all keys except name, category and endpoint_url', () => {
    expect(read(`providers: [{ ${entry} }]`).config.providers).toEqual([
      {
        name: 'A',
        category: 'c',
        endpointUrl: 'https://a.example/x/',
        healthCheckUrl: 'https://a.example/x/',
        requiresKey: false,
        apiKey: null,
        apiKeyHeader: 'X-API-Key',
        rateLimit: null,
        timeoutMs: 10_000,
        priorityTier: 3,
        collect: false,
      },
    ]);
  });

  test('can be JSON, and names the environment variable of an API key, which is masked in the log', () => {
    const json = JSON.stringify({
      providers: [
        {
          name: 'B',
          category: 'c',
          endpoint_url: 'http://b',
          health_check_url: 'http://b/ping',
          requires_key: true,
          api_key_env: 'B_KEY',
          api_key_header: 'X-B',
          rate_limit_type: 'per_hour',
          rate_limit_value: 100,
          timeout_ms: 500,
          priority_tier: 1,
          collect: true,
        },
      ],
    });
    const { config, shown } = read(json, { B_KEY: 'k-123456789' });
    expect(config.providers).toEqual([
      {
        name: 'B',
        category: 'c',
        endpointUrl: 'http://b',
        healthCheckUrl: 'http://b/ping',
        requiresKey: true,
        apiKey: 'k-123456789',
        apiKeyHeader: 'X-B',
        rateLimit: { limitType: 'PER_HOUR', limitValue: 100 },
        timeoutMs: 500,
        priorityTier: 1,
        collect: true,
      },
    ]);
    expect(shown).toMatchObject({ B_KEY: '***' });
  });

  test.each([
    ['providers: [{ category: c, endpoint_url: "http://a" }]', 'providers[0] in', 'name'],
    [`providers: [{ ${entry}, timeout_ms: 5 }]`, 'providers[0] (A) in', 'timeout_ms'],
    [`providers: [{ ${entry}, priority_tier: 5 }]`, 'providers[0] (A) in', 'priority_tier'],
    [`providers: [{ ${entry}, collect: maybe }]`, 'providers[0] (A) in', 'collect'],
    [`providers: [{ ${entry}, rate_limit_type: weekly }]`, 'providers[0] (A) in', 'rate_limit_type'],
    [`providers: [{ ${entry}, rate_limit_value: 3 }]`, 'providers[0] (A) in', 'rate_limit_type'],
    ['providers: [{ name: A, category: c, endpoint_url: "ftp://a" }]', 'providers[0] (A) in', 'endpoint_url'],
    [
      'providers: [{ name: A, category: c, endpoint_url: "http://u:p@a" }]',
      'providers[0] (A) in',
      'password',
    ],
    [`providers: [{ ${entry} }, { ${entry} }]`, 'providers[1] (A) in', 'name'],
    ['providers: [text]', 'providers[0] in', 'keys'],
    ['providers: text', 'config/providers.yaml', 'list'],
    ['a: [', 'config/providers.yaml', 'YAML'],
  ])('is rejected with one error that names the entry: %s', (text, where, what) => {
    const [error, ...more] = errors(text);
    expect(more).toEqual([]);
    expect(error).toContain(where);
    expect(error).toContain(what);
    expect(error).not.toContain('u:p');
  });

  test('accepts unknown keys with a warning', () => {
    expect(read(`providers: [{ ${entry}, colour: red }]`).warnings).toEqual([
      'providers[0] (A) in config/providers.yaml: colour is not a known key and has no effect',
    ]);
  });

  test('is not shipped, and the shipped example lists eight public services that require no key', () => {
    expect(existsSync(new URL('../../../config/providers.yaml', import.meta.url))).toBe(false);
    const shipped = readFileSync(new URL('../../../config/providers.example.yaml', import.meta.url), 'utf8');
    const { config, warnings } = read(shipped);
    expect(warnings).toEqual([]);
    expect(config.providers).toHaveLength(8);
    expect(config.providers.map(({ name }) => name)).toContain('CoinGecko');
    expect(config.providers.every(({ requiresKey }) => !requiresKey)).toBe(true);
  });
});
