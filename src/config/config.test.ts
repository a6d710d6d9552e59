import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeConfig, readConfig } from './config.ts';
import { readEnv } from './env.ts';
import { config, cwd, mistakes, read, yaml } from '../../test/_util/config.ts';

describe('without any variable', () => {
  test('listens on loopback, port 9200, and nowhere else', () => {
    expect(config({}).listen).toEqual({
      host: '127.0.0.1',
      port: 9200,
      legacyListeners: [],
      tls: null,
      keepAliveMs: 75_000,
    });
    expect(config({}).advertised).toEqual({ host: '127.0.0.1', port: 9200, protocol: 'ws' });
  });

  test('has the documented defaults', () => {
    expect(read()).toEqual({
      warnings: [],
      secrets: [],
      config: {
        listen: expect.anything(),
        advertised: expect.anything(),
        database: { url: null, listenUrl: null, dataDir: '/srv/ops/data', dataDirNamed: false },
        features: {
          FEATURE_SYSTEM_MONITORING: true,
          FEATURE_DATABASE_MONITORING: true,
          FEATURE_REAL_TIME_UPDATES: true,
          FEATURE_WEBSOCKET_FALLBACK: true,
          FEATURE_GOVERNANCE_PANEL: true,
          FEATURE_AI_SYSTEM_PANEL: true,
          FEATURE_INTELLIGENCE_ARENA: true,
          FEATURE_OMNI_MONITOR: true,
          FEATURE_CHAT_OPTIMIZATION: true,
          ENABLE_GPU_MONITORING: false,
          ENABLE_TEMPERATURE_MONITORING: false,
        },
        realtime: {
          reconnectAttempts: 10,
          reconnectDelayMs: 1000,
          reconnectMaxDelayMs: 30_000,
          backoffMultiplier: 1.5,
          pingIntervalMs: 30_000,
          pongTimeoutMs: 10_000,
          messageBufferSize: 1000,
        },
        intervals: {
          systemSampleMs: 1000,
          gpuSampleMs: 2000,
          databaseSampleMs: 5000,
          systemMetricsMs: 1000,
          gpuMetricsMs: 2000,
          databaseMetricsMs: 5000,
          modelStatusMs: 3000,
          chatStatusMs: 500,
        },
        mesh: { connectionsMax: 1_000, idleTimeoutMs: 300_000, messagesPerMinuteMax: 1_000 },
        models: { ollamaUrl: 'http://127.0.0.1:11434', servers: [] },
        providers: [],
        alerts: {
          cpuPercent: 85,
          memoryPercent: 90,
          dbPoolRatio: 0.95,
          wsFailuresPerMinute: 5,
          responseTimeMs: 500,
        },
        agents: { ids: ['pricing_agent', 'inventory_agent', 'promotion_agent'], staleAfterMs: 300_000 },
        host: { diskPath: '/' },
        slowQueryThresholdMs: 1000,
        predictionMilestone: 1000,
        sockets: {
          messageRate: 10,
          maxMessageBytes: 1_048_576,
          maxConnectionsPerIp: 100,
          maxConnections: 10_000,
          compression: false,
        },
        trustProxy: false,
        cors: {
          aura: 'localhost',
          graphql: 'localhost',
          autoops: ['http://localhost:3000', 'http://localhost:8501'],
          crypto: 'any',
          mesh: 'any',
          mlops: 'any',
        },
        auth: {
          required: false,
          allowAnonymous: false,
          tokens: [],
          jwtSecret: null,
          jwksUrl: null,
          jwtIssuer: null,
          jwtAudience: null,
          jwtRoleClaim: 'role',
          jwtClockToleranceS: 30,
          requestSigningSecret: null,
        },
        graphql: {
          introspection: true,
          graphiql: true,
          connectionsPerAddress: { max: 5_000, loopback: false },
          operationsPerAddress: { max: 50_000, loopback: false },
          responseBytesMax: 16_777_216,
          trusted: null,
        },
        log: { level: 'INFO', dir: '/srv/ops/logs', dirRequired: false },
        retention: { days: 30, auditDays: 365 },
        bodyMaxBytes: 1_048_576,
        memory: {
          budgetBytes: 805_306_368,
          perAddress: { max: 50_331_648, loopback: false },
        },
      },
    });
  });

  test('takes an empty value for an absent one', () => {
    const names = ['PORT', 'HOST', 'DATA_DIR', 'DATABASE_URL', 'AUTH_TOKENS', 'LOG_LEVEL', 'TLS_CERT_FILE'];
    expect(config(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(config({}));
    expect(config({ PORT: '  ', TRUST_PROXY: ' ' })).toEqual(config({}));
  });
});

describe('single values', () => {
  test.each([
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['False', false],
    ['0', false],
  ])('takes %s for a boolean', (text, expected) => {
    expect(config({ TRUST_PROXY: text, FEATURE_OMNI_MONITOR: text })).toMatchObject({
      trustProxy: expected,
      features: { FEATURE_OMNI_MONITOR: expected },
    });
  });

  test.each(['yes', 'on', '2', 'truee'])('refuses %s for a boolean', (text) => {
    expect(mistakes({ TRUST_PROXY: text })).toEqual([`TRUST_PROXY="${text}" must be true, false, 1 or 0`]);
  });

  test.each(['-1', '65536', '1.5', '0x10', '1e3', 'http', '+1', '٣'])('refuses %s for a port', (text) => {
    expect(mistakes({ PORT: text })).toEqual([`PORT="${text}" must be a whole number from 0 to 65535`]);
  });

  test('takes 0 for any free port', () => {
    expect(config({ PORT: '0' }).listen.port).toBe(0);
    expect(config({ PORT: '0' }).advertised.port).toBe(0);
  });

  test('takes whole numbers from their smallest sensible value on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (count) => {
        expect(config({ WS_MESSAGE_RATE: `${count}` }).sockets.messageRate).toBe(count);
      }),
    );
    expect(mistakes({ WS_MESSAGE_RATE: '0', RETENTION_DAYS: '0', WS_MAX_MESSAGE_BYTES: '10' })).toHaveLength(
      3,
    );
  });

  test('refuses a time that a timer cannot hold', () => {
    expect(mistakes({ WS_PING_INTERVAL_MS: '99999999999' })).toHaveLength(1);
  });

  test('never throws anything but a list of mistakes', () => {
    const asked = new Set<string>();
    const spy = new Proxy({}, { get: (_, name) => void asked.add(String(name)) });
    readConfig(spy, { cwd });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...asked), fc.string({ unit: 'binary' })), (env) => {
        for (const mistake of mistakes(env)) expect(mistake).toMatch(/^[A-Z_]+[ =]/);
      }),
      { numRuns: 300 },
    );
  });

  test('knows the log levels in any case', () => {
    expect(config({ LOG_LEVEL: 'debug' }).log.level).toBe('DEBUG');
    expect(mistakes({ LOG_LEVEL: 'TRACE' })[0]).toBe(
      'LOG_LEVEL="TRACE" must be DEBUG, INFO, WARNING or ERROR',
    );
  });
});

describe('alerts', () => {
  test('are raised above the limits that are set', () => {
    const { alerts } = config({
      ALERT_CPU_PERCENT: '99.5',
      ALERT_MEMORY_PERCENT: '100',
      ALERT_DB_POOL_RATIO: '0.5',
      ALERT_WS_FAILURES_PER_MIN: '0',
      ALERT_RESPONSE_TIME_MS: '2000',
    });
    expect(alerts).toEqual({
      cpuPercent: 99.5,
      memoryPercent: 100,
      dbPoolRatio: 0.5,
      wsFailuresPerMinute: 0,
      responseTimeMs: 2000,
    });
  });

  test.each([
    ['ALERT_CPU_PERCENT', '100.1', 'a number from 0 to 100'],
    ['ALERT_MEMORY_PERCENT', '-1', 'a number from 0 to 100'],
    ['ALERT_DB_POOL_RATIO', '95', 'a number from 0 to 1'],
    ['ALERT_DB_POOL_RATIO', '1e-1', 'a number from 0 to 1'],
    ['ALERT_WS_FAILURES_PER_MIN', '2.5', 'a whole number from 0 to 1000000'],
    ['ALERT_RESPONSE_TIME_MS', 'fast', 'a whole number from 0 to 3600000'],
  ])('refuse %s=%s', (name, text, allowed) => {
    expect(mistakes({ [name]: text })).toEqual([`${name}="${text}" must be ${allowed}`]);
  });
});

describe('mistakes', () => {
  test('are all told at once, each with its variable, what it says and what is allowed', () => {
    const env = {
      PORT: 'http',
      TRUST_PROXY: 'yes',
      HOST: '0.0.0.0',
      TLS_CERT_FILE: 'cert.pem',
      LEGACY_LISTENERS: 'aura',
    };
    const files = yaml('updates: { model_status: fast }');
    expect(mistakes(env, files)).toEqual([
      'updates.model_status in config/dashboard_config.yaml is "fast"; it must be a whole number from 100 to 86400000',
      'PORT="http" must be a whole number from 0 to 65535',
      expect.stringMatching(/^LEGACY_LISTENERS="aura" holds "aura"; allowed: .*all.*autoops.*name:port/),
      'TLS_CERT_FILE="cert.pem" cannot be read (ENOENT)',
      'TLS_KEY_FILE is missing: set it and TLS_CERT_FILE, or neither',
      'TRUST_PROXY="yes" must be true, false, 1 or 0',
      expect.stringMatching(/^HOST="0\.0\.0\.0" lets other computers in/),
    ]);
    expect(() => read(env, files)).toThrow(/^the configuration has 7 mistakes:\n- updates\.model_status/);
  });

  test('never repeat a secret', () => {
    const secret = 'hunter2-hunter2';
    const told = mistakes({
      DATABASE_URL: `mysql://u:${secret}@db`,
      AUTH_TOKENS: secret,
      OLLAMA_URL: `http://u:${secret}@h`,
      MODEL_SERVERS: `github=http://u:${secret}@h,x=http://h`,
      X_TOKEN: `${secret}\n${secret}`,
    });
    expect(told).toHaveLength(4);
    expect(told.join('\n')).not.toContain(secret);
    expect(mistakes({ MODEL_SERVERS: 'x=http://h', X_TOKEN: `${secret} ${secret}` })).toEqual([
      'X_TOKEN must be one word of visible ASCII characters',
    ]);
  });
});

describe('directories', () => {
  test('of logs can be switched off', () => {
    expect(config({ LOG_TO_FILE: 'false', LOG_DIR: 'log' }).log).toMatchObject({ dir: null });
    expect(config({ LOG_DIR: 'log' }).log).toMatchObject({ dir: '/srv/ops/log', dirRequired: true });
  });

  test('are absolute, and logs follow DATA_DIR', () => {
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

describe('model servers', () => {
  test('have a name, a URL and the key of their name', () => {
    const env = {
      MODEL_SERVERS: 'github=https://models.example.com/, my-vllm.2 = http://10.0.0.5:8000/v1',
      GITHUB_TOKEN: ' ghp_1\n',
      MY_VLLM_2_TOKEN: '',
    };
    expect(config(env).models.servers).toEqual([
      { name: 'github', url: 'https://models.example.com', key: 'ghp_1' },
      { name: 'my-vllm.2', url: 'http://10.0.0.5:8000/v1', key: null },
    ]);
  });

  test.each([
    'github',
    'a:b=http://h',
    'x=ftp://h',
    'x=',
    '=http://h',
    'x=http://u:p@h',
    'x=http://h,x=http://i',
  ])('cannot be %s', (text) => {
    expect(mistakes({ MODEL_SERVERS: text })).toEqual([expect.stringContaining('MODEL_SERVERS=')]);
  });

  test('have no second ollama', () => {
    expect(mistakes({ MODEL_SERVERS: 'ollama=http://h' })).toHaveLength(1);
    expect(mistakes({ MODEL_SERVERS: 'ollama=http://h', OLLAMA_URL: '' })).toEqual([]);
  });

  test('leave Ollama out when its URL is empty, which here does not mean absent', () => {
    expect(config({ OLLAMA_URL: '' }).models.ollamaUrl).toBeNull();
    expect(config({ OLLAMA_URL: 'http://gpu:11434/' }).models.ollamaUrl).toBe('http://gpu:11434');
    expect(mistakes({ OLLAMA_URL: 'gpu:11434' })).toHaveLength(1);
  });
});

describe('agents', () => {
  test('are those that are named, in their order, and stale after so many seconds', () => {
    const { agents } = config({ AUTOOPS_AGENTS: ' b_agent, a-1 ,', AGENT_STALE_AFTER_S: '60' });
    expect(agents).toEqual({ ids: ['b_agent', 'a-1'], staleAfterMs: 60_000 });
  });

  test.each([',', 'Pricing', 'a b', 'a/b', 'a'.repeat(65), 'a,a'])('are not %j', (text) => {
    expect(mistakes({ AUTOOPS_AGENTS: text })).toEqual([expect.stringContaining('AUTOOPS_AGENTS=')]);
  });
});

describe('origins', () => {
  test('are any, or those listed', () => {
    expect(config({ AURA_CORS_ORIGINS: '*' }).cors.aura).toBe('any');
    expect(
      config({ MESH_CORS_ORIGINS: 'https://Ops.example.com/, http://localhost:3000' }).cors.mesh,
    ).toEqual(['https://ops.example.com', 'http://localhost:3000']);
  });

  test.each([
    'localhost:3000',
    'https://h/path',
    'null',
    '*,http://h',
    'https://*.example.com/x',
    'http://u@h',
  ])('cannot be %s', (text) => {
    expect(mistakes({ GRAPHQL_CORS_ORIGINS: text })).toEqual([
      expect.stringMatching(/^GRAPHQL_CORS_ORIGINS=.* holds .*; allowed: \*, or a comma list/),
    ]);
  });
});

describe('credentials', () => {
  test('are tokens with a subject and, if given, a role', () => {
    const text = 'k-0123456789abcdef:ann, k-fedcba9876543210:bob:admin';
    expect(config({ AUTH_TOKENS: text }).auth.tokens).toEqual([
      { token: 'k-0123456789abcdef', subject: 'ann', role: 'user' },
      { token: 'k-fedcba9876543210', subject: 'bob', role: 'admin' },
    ]);
  });

  test('name the entry that is wrong', () => {
    expect(mistakes({ AUTH_TOKENS: 'a:b,c,d:e:f:g,a:h,:x,y:,z:q:' })).toEqual(
      [2, 3, 4, 5, 6, 7].map((entry) => expect.stringMatching(new RegExp(`^AUTH_TOKENS entry ${entry} `))),
    );
  });

  test.each(['system', 'anonymous', 'a'.repeat(257), 'ann\u0007bob'])('cannot be of %j', (subject) => {
    expect(mistakes({ AUTH_TOKENS: `a:ann,b:${subject}:admin` })).toEqual([
      'AUTH_TOKENS entry 2 has a subject that nobody can be; allowed: 1 to 256 characters, and neither anonymous nor system',
    ]);
  });

  test('are warned about when they are easy to guess', () => {
    expect(read({ AUTH_TOKENS: 'a:b', REQUEST_SIGNING_SECRET: 'short' }).warnings).toEqual([
      'AUTH_TOKENS entry 1 is shorter than 16 characters and easy to guess',
      'REQUEST_SIGNING_SECRET is shorter than 32 bytes and easy to guess',
    ]);
  });

  test('refuse a JWT_SECRET of under 32 bytes, which can be guessed from one token', () => {
    for (const secret of ['short', 'x'.repeat(31), ' '])
      expect(mistakes({ JWT_SECRET: secret })).toEqual([
        'JWT_SECRET must have 32 bytes or more, as of `openssl rand -base64 48`',
      ]);
    expect(config({ JWT_SECRET: 'ä'.repeat(16) }).auth.jwtSecret).toBe('ä'.repeat(16));
  });

  test('keep the spaces of a signing secret', () => {
    const secret = ` ${'s'.repeat(32)} `;
    expect(config({ JWT_SECRET: secret, REQUEST_SIGNING_SECRET: 't ' }).auth).toMatchObject({
      jwtSecret: secret,
      requestSigningSecret: 't ',
    });
  });

  test('never appear in the description of the configuration', () => {
    const secret = 'swordfish-0123456789abcdefghijklmnop';
    const described = describeConfig(
      config({
        DATABASE_URL: `postgres://u:${secret}@h/d`,
        AUTH_TOKENS: `${secret}:ann:admin`,
        JWT_SECRET: secret,
        REQUEST_SIGNING_SECRET: secret,
        MODEL_SERVERS: 'github=http://h',
        GITHUB_TOKEN: secret,
        JWT_JWKS_URL: `https://h/keys?token=${secret}`,
      }),
    );
    expect(JSON.stringify(described)).not.toContain('swordfish');
    expect(described).toMatchObject({
      database: { url: 'postgres://u:***@h/d' },
      auth: { subjects: ['ann (admin)'], jwtSecret: true },
      models: { servers: [{ name: 'github', hasKey: true }] },
    });
  });
});

describe('the bounds of an address', () => {
  test('follow the bound of all, and spare this computer', () => {
    expect(config({ MAX_WS_CONNECTIONS: '301' }).graphql).toMatchObject({
      connectionsPerAddress: { max: 151, loopback: false },
      operationsPerAddress: { max: 1_510, loopback: false },
    });
  });

  test('bind this computer too where they are set', () => {
    expect(config({ GRAPHQL_MAX_CONNECTIONS_PER_IP: '20' }).graphql).toMatchObject({
      connectionsPerAddress: { max: 20, loopback: true },
      operationsPerAddress: { max: 200, loopback: false },
    });
    expect(config({ GRAPHQL_MAX_OPERATIONS_PER_IP: '7' }).graphql).toMatchObject({
      connectionsPerAddress: { max: 5_000, loopback: false },
      operationsPerAddress: { max: 7, loopback: true },
    });
    expect(mistakes({ GRAPHQL_MAX_OPERATIONS_PER_IP: '0' })).toHaveLength(1);
  });
});

describe('what is shipped', () => {
  const shipped = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

  test('holds the defaults in its dashboard file', () => {
    expect(read({}, yaml(shipped('config/dashboard_config.yaml')))).toEqual(read());
  });

  test('holds the defaults in .env.example, and every variable that is read', () => {
    const lines = shipped('.env.example').matchAll(/^#([A-Z_]+)=(.*)$/gm);
    const example = Object.fromEntries([...lines].map(([, name, value]) => [name ?? '', value ?? '']));
    const files = { ...yaml(''), '/srv/ops/config/providers.yaml': 'providers: []' };
    const { config, warnings } = read(example, files);
    const { database, log, ...others } = read().config;
    expect(config).toEqual({
      ...others,
      database: { ...database, dataDirNamed: true },
      log: { ...log, dir: '/srv/ops/data/logs' },
    });
    expect(warnings).toEqual([]);

    const asked = new Set<string>();
    readConfig(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }), { cwd });
    expect([...asked].filter((name) => !(name in example))).toEqual([]);
  });
});

describe('.env.example', () => {
  test('lists each variable once', () => {
    const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const names = [...text.matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.length).toBeGreaterThan(50);
  });
});

describe('the environment', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'env-test-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  test('is that of the process over that of .env', () => {
    writeFileSync(join(dir, '.env'), '\uFEFFPORT=1\nHOST="::1" # here\nOLLAMA_URL=http://x\n');
    expect(readEnv(dir, { PORT: '2', OLLAMA_URL: '', GONE: undefined })).toEqual({
      values: { PORT: '2', HOST: '::1', OLLAMA_URL: '' },
      file: { keys: ['PORT', 'HOST', 'OLLAMA_URL'], mistakes: [] },
    });
  });

  test('needs no .env', () => {
    expect(readEnv(dir, { A: 'b' })).toEqual({ values: { A: 'b' }, file: { keys: [], mistakes: [] } });
  });

  test('names the lines of .env that set nothing, without what they hold', () => {
    const text = [
      '# a comment',
      'export PORT=1 # fine',
      'AUTH_REQUIRED true',
      'JWT SECRET=hunter2-hunter2',
      'A="two',
      'lines"',
      "B='x",
      '',
      "y'",
      '  ',
      'just words',
      'C: d',
      'EMPTY=',
    ];
    for (const lineBreak of ['\n', '\r\n']) {
      writeFileSync(join(dir, '.env'), text.join(lineBreak));
      const { file } = readEnv(dir, {});
      expect(file.keys).toEqual(['PORT', 'A', 'B', 'C', 'EMPTY']);
      expect(file.mistakes).toEqual(
        [3, 4, 11].map((line) => `line ${line} of .env is not NAME=value, so it sets nothing`),
      );
    }
  });

  test('says so when .env cannot be read', () => {
    expect(() => readEnv('/dev/null', {})).toThrow(/\.env cannot be read \(ENOTDIR\)/);
  });
});

test('the variables that hold a secret are named, so that the program can forget them', () => {
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
