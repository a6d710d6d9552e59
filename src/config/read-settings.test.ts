import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settings } from '../settings.ts';
import type { Setting } from './setting.ts';
import { config, errors, read, yaml } from '../../test/_util/config.ts';

describe('a value', () => {
  test.each([
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['False', false],
    ['0', false],
  ])('can be the boolean %s', (text, expected) => {
    expect(config({ TRUST_PROXY: text, FEATURE_OMNI_MONITOR: text })).toMatchObject({
      listen: { trustProxy: expected },
      features: { FEATURE_OMNI_MONITOR: expected },
    });
  });

  test.each(['yes', 'on', '2', 'truee'])('cannot be the boolean %s', (text) => {
    expect(errors({ TRUST_PROXY: text })).toEqual([`TRUST_PROXY must be true, false, 1 or 0, got "${text}"`]);
  });

  test.each(['-1', '65536', '1.5', '0x10', '1e3', 'http', '+1', '٣'])('cannot be the port %s', (text) => {
    expect(errors({ PORT: text })).toEqual([`PORT must be an integer from 0 to 65535, got "${text}"`]);
  });

  test('can be 0 for any free port', () => {
    expect(config({ PORT: '0' }).listen.port).toBe(0);
    expect(config({ PORT: '0' }).advertised.port).toBe(0);
  });

  test('can be any integer within its bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (count) => {
        expect(config({ WS_MESSAGE_RATE: `${count}` }).sockets.messagesPerSecondMax).toBe(count);
      }),
    );
    expect(errors({ WS_MESSAGE_RATE: '0', RETENTION_DAYS: '0', WS_MAX_MESSAGE_BYTES: '10' })).toHaveLength(3);
  });

  test('cannot be a time that is too long for a timer', () => {
    expect(errors({ WS_PING_INTERVAL_MS: '99999999999' })).toHaveLength(1);
  });

  test('causes only errors that name a variable, whatever it is', () => {
    const rows = Object.values(settings).flatMap((section): readonly Setting[] =>
      Object.values(section.settings),
    );
    const names = rows.flatMap(({ env }) => env ?? []);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary' })), (env) => {
        for (const error of errors(env)) expect(error).toMatch(/^[A-Z_]+ /);
      }),
      { numRuns: 300 },
    );
  });

  test('can be a log level in upper or lower case', () => {
    expect(config({ LOG_LEVEL: 'debug' }).log.level).toBe('DEBUG');
    expect(errors({ LOG_LEVEL: 'TRACE' })[0]).toBe(
      'LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, got "TRACE"',
    );
  });
});

describe('errors', () => {
  test('are listed together, each with the variable, what is allowed and what was given', () => {
    const env = {
      PORT: 'http',
      TRUST_PROXY: 'yes',
      HOST: '0.0.0.0',
      TLS_CERT_FILE: 'cert.pem',
      LEGACY_LISTENERS: 'aura',
    };
    const files = yaml('updates: { model_status: fast }');
    expect(errors(env, files)).toEqual([
      'PORT must be an integer from 0 to 65535, got "http"',
      'TRUST_PROXY must be true, false, 1 or 0, got "yes"',
      'TLS_CERT_FILE must name a readable file (ENOENT), got "cert.pem"',
      'TLS_KEY_FILE is missing: set both TLS_CERT_FILE and TLS_KEY_FILE, or neither',
      expect.stringMatching(/^HOST must be a loopback address unless .*, got "0\.0\.0\.0"$/),
      'updates.model_status in config/dashboard_config.yaml must be an integer from 100 to 86400000, got "fast"',
      expect.stringMatching(/^LEGACY_LISTENERS must be all or .*autoops.*name:port, got "aura"$/),
    ]);
    expect(() => read(env, files)).toThrow(/^The configuration has 7 errors:\n- PORT must be/);
  });

  test('do not contain secrets', () => {
    const secret = 'hunter2-hunter2';
    const found = errors({
      DATABASE_URL: `mysql://u:${secret}@db`,
      AUTH_TOKENS: secret,
      OLLAMA_URL: `http://u:${secret}@h`,
      MODEL_SERVERS: `github=http://u:${secret}@h,x=http://h`,
      X_TOKEN: `${secret}\n${secret}`,
    });
    expect(found).toHaveLength(4);
    expect(found.join('\n')).not.toContain(secret);
    expect(errors({ MODEL_SERVERS: 'x=http://h', X_TOKEN: `${secret} ${secret}` })).toEqual([
      'X_TOKEN must be one word of visible ASCII characters',
    ]);
  });
});

describe('directories', () => {
  test('are null for logs when LOG_TO_FILE is false', () => {
    expect(config({ LOG_TO_FILE: 'false', LOG_DIR: 'log' }).log).toMatchObject({ dir: null });
    expect(config({ LOG_DIR: 'log' }).log).toMatchObject({ dir: '/srv/ops/log', dirRequired: true });
  });

  test('are absolute, and logs are below DATA_DIR by default', () => {
    expect(config({ DATA_DIR: 'var' })).toMatchObject({
      database: { dataDir: '/srv/ops/var' },
      log: { dir: '/srv/ops/var/logs' },
    });
    expect(config({ DATA_DIR: '/var/ops', LOG_DIR: 'log' })).toMatchObject({
      database: { dataDir: '/var/ops' },
      log: { dir: '/srv/ops/log' },
    });
  });
});

describe('origins', () => {
  test('are all, or those of a list', () => {
    expect(config({ AURA_CORS_ORIGINS: '*' }).aura.origins).toBe('any');
    expect(
      config({ MESH_CORS_ORIGINS: 'https://Ops.example.com/, http://localhost:3000' }).archmesh.origins,
    ).toEqual(['https://ops.example.com', 'http://localhost:3000']);
  });

  test.each([
    'localhost:3000',
    'https://h/path',
    'null',
    '*,http://h',
    'https://*.example.com/x',
    'http://u@h',
  ])('are rejected when they are %s', (text) => {
    expect(errors({ GRAPHQL_CORS_ORIGINS: text })).toEqual([
      expect.stringMatching(
        /^GRAPHQL_CORS_ORIGINS must be \* or a comma-separated list of origins .*, got "/,
      ),
    ]);
  });
});

describe('limits per client address', () => {
  test('follow from the limit in total and exclude loopback addresses', () => {
    expect(config({ MAX_WS_CONNECTIONS: '301' }).graphql).toMatchObject({
      connectionsPerAddress: { max: 151, loopback: false },
      operationsPerAddress: { max: 1_510, loopback: false },
    });
  });

  test('include loopback addresses where they are set', () => {
    expect(config({ GRAPHQL_MAX_CONNECTIONS_PER_IP: '20' }).graphql).toMatchObject({
      connectionsPerAddress: { max: 20, loopback: true },
      operationsPerAddress: { max: 200, loopback: false },
    });
    expect(config({ GRAPHQL_MAX_OPERATIONS_PER_IP: '7' }).graphql).toMatchObject({
      connectionsPerAddress: { max: 5_000, loopback: false },
      operationsPerAddress: { max: 7, loopback: true },
    });
    expect(errors({ GRAPHQL_MAX_OPERATIONS_PER_IP: '0' })).toHaveLength(1);
  });
});

test('lists the variables that contain a secret, so that the program can remove them', () => {
  const providers = `providers:
  - { name: P, category: c, endpoint_url: 'http://p', health_check_url: 'http://p', api_key_env: P_KEY }
`;
  const { secrets } = read(
    {
      DATABASE_URL: 'postgres://u:p@h/d',
      AUTH_TOKENS: '',
      JWT_SECRET: 'x'.repeat(32),
      MODEL_SERVERS: 'github=http://h,other=http://i',
      GITHUB_TOKEN: 't',
      P_KEY: 'k',
      PORT: '1',
    },
    { '/srv/ops/config/providers.yaml': providers },
  );
  expect(secrets.toSorted()).toEqual(['DATABASE_URL', 'GITHUB_TOKEN', 'JWT_SECRET', 'P_KEY']);
});
