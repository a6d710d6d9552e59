import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errors as errorsWith, read as readWith } from '../../../test/_util/config.ts';

const path = '/srv/ops/config/scrape.yaml';
const files = (text: string | null) => (text === null ? {} : { [path]: text });
const read = (text: string | null, env: Record<string, string> = {}) => readWith(env, files(text));
const errors = (text: string | null, env: Record<string, string> = {}) => errorsWith(env, files(text));

const url = 'http://a.example:9100/metrics';

describe('the file of targets', () => {
  test('must exist only if SCRAPE_FILE is set', () => {
    expect(read(null).config.scrape).toEqual([]);
    expect(read('targets: []').config.scrape).toEqual([]);
    expect(errors(null, { SCRAPE_FILE: 'mine.yaml' })).toEqual([
      'SCRAPE_FILE must name a readable file (ENOENT), got "mine.yaml"',
    ]);
  });

  test('has defaults for all keys except url', () => {
    expect(read(`targets: [{ url: "${url}" }]`).config.scrape).toEqual([
      {
        url,
        name: 'a.example',
        instance: 'a.example:9100',
        intervalMs: 15_000,
        timeoutMs: 10_000,
        sampleLimit: 5_000,
        labels: {},
        headers: {},
        tls: null,
      },
    ]);
    const [plain, secure, fast] = read(
      'targets: [{ url: "http://b" }, { url: "https://b" }, { url: "http://c", interval_ms: 2000 }]',
    ).config.scrape;
    expect([plain?.instance, secure?.instance, fast?.timeoutMs]).toEqual(['b:80', 'b:443', 2_000]);
  });

  test('takes labels of any scalar, and headers from the environment, which are secrets', () => {
    const text = `targets: [{ url: "${url}", labels: { rack: 7 }, headers_env: { Authorization: NODE_AUTH } }]`;
    const { config, secrets, shown } = read(text, { NODE_AUTH: 'Basic YTpi' });
    expect(config.scrape[0]).toMatchObject({
      labels: { rack: '7' },
      headers: { Authorization: 'Basic YTpi' },
    });
    expect(secrets).toContain('NODE_AUTH');
    expect(JSON.stringify(shown)).not.toContain('YTpi');
  });

  test.each([
    ['text', 'config/scrape.yaml must contain a list under the key targets, or `targets: []` for none'],
    ['targets: [a]', 'targets[0] in config/scrape.yaml must contain keys such as url, name, instance'],
    [
      'targets: [{ name: node }]',
      'targets[0] (node) in config/scrape.yaml: url must be a URL that starts with http:// or https://',
    ],
    [
      'targets: [{ url: "http://ann:pw@a" }]',
      'targets[0] (http://***@a) in config/scrape.yaml: url must not contain a user or password',
    ],
    [
      'targets: [{ url: "http://a", interval_ms: 5 }]',
      'targets[0] (http://a) in config/scrape.yaml: interval_ms must be an integer from 1000 to 3600000',
    ],
    [
      'targets: [{ url: "http://a", interval_ms: 1000, timeout_ms: 2000 }]',
      'targets[0] (http://a) in config/scrape.yaml: timeout_ms must be at most interval_ms (1000), got 2000',
    ],
    [
      'targets: [{ url: "http://a" }, { url: "http://a/metrics" }]',
      'targets[1] (http://a/metrics) in config/scrape.yaml: another target has the same name and instance; set name or instance',
    ],
    [
      'targets: [{ url: "http://a", headers_env: { Authorization: MISSING } }]',
      'targets[0] (http://a) in config/scrape.yaml: headers_env.Authorization names MISSING, which must be set',
    ],
    [
      'targets: [{ url: "https://a", ca_file: ca.pem }]',
      'targets[0] (https://a) in config/scrape.yaml: ca_file must name a readable PEM file (ENOENT), got "ca.pem"',
    ],
    [
      'targets: [{ url: "https://a", cert_file: config/scrape.yaml }]',
      'targets[0] (https://a) in config/scrape.yaml: cert_file and key_file must both be present, or neither',
    ],
  ])('is rejected with the file, the target and the key: %s', (text, message) => {
    expect(errors(text)).toContain(message);
  });

  test.each([
    '{ job: a }',
    '{ instance: a }',
    '{ "a-b": c }',
    '{ a: [1] }',
    '[a]',
    `{ a: "${'x'.repeat(513)}" }`,
  ])('is rejected with other labels than Prometheus has: %s', (labels) => {
    const [error, ...more] = errors(`targets: [{ url: "http://a", labels: ${labels} }]`);
    expect(error).toMatch(
      /^targets\[0\] \(http:\/\/a\) in config\/scrape\.yaml: labels(\.a)? must map at most 16/,
    );
    expect(more).toEqual([]);
  });

  test('warns about a key that has no effect', () => {
    expect(read(`targets: [{ url: "${url}", intervall: 5 }]`).warnings).toEqual([
      `targets[0] (${url}) in config/scrape.yaml: intervall is not a known key and has no effect`,
    ]);
  });
});

test('the shipped example is valid, and is not the default file', () => {
  const root = new URL('../../../', import.meta.url);
  const { config, warnings } = read(readFileSync(new URL('config/scrape.example.yaml', root), 'utf8'));
  expect(config.scrape.map(({ name, instance }) => [name, instance])).toEqual([
    ['node', 'localhost:9100'],
    ['prometheus', 'localhost:9090'],
  ]);
  expect(warnings).toEqual([]);
  expect(existsSync(new URL('config/scrape.yaml', root))).toBe(false);
});
