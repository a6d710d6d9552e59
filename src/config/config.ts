/**
 * What the environment and the dashboard's YAML file mean. `readConfig` is pure but for reading named files; it either
 * returns a whole configuration or throws one error with every mistake in it.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { readDashboardFile, type DashboardSettings } from './dashboard-file.ts';
import {
  agentIds,
  apiTokens,
  claimName,
  flag,
  logLevel,
  origins,
  webUrl,
  wholeNumber,
  type AllowedOrigins,
  type ApiToken,
  type LegacyListener,
} from './values.ts';
import { readDatabase } from './database.ts';
import { readAdvertised, readListen, type Files } from './listen.ts';
import { readAlerts, type AlertLimits } from './alerts.ts';
import { readGraphql, type GraphqlConfig } from './graphql.ts';
import { readMemory, type MemoryConfig } from './memory.ts';
import { readModels, type ModelsConfig } from './models.ts';
import { readProviders, type ProviderConfig } from './providers.ts';
import { Variables } from './variables.ts';
import type { EnvFile } from './env.ts';
import { append } from '../lib/append.ts';
import { isLoopback } from '../lib/loopback.ts';
import { maskUrl } from '../lib/mask.ts';
import type { LogLevel } from '../log/log.ts';

export const FEATURES = {
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
} as const;

export type FeatureName = keyof typeof FEATURES;

export interface Config {
  readonly listen: {
    readonly host: string;
    /** 0: any free port. */
    readonly port: number;
    /** Further listeners, each serving every route; all on `host`. */
    readonly legacyListeners: readonly LegacyListener[];
    /** Paths of PEM files, readable when the configuration was read. */
    readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
    /** How long a connection waits for its next request. */
    readonly keepAliveMs: number;
  };
  /** The address that clients are told. */
  readonly advertised: {
    readonly host: string;
    /** 0 when the main listener takes any free port: tell the port it got. */
    readonly port: number;
    readonly protocol: 'ws' | 'wss';
  };
  readonly database: {
    /** null: an embedded database under `dataDir`. */
    readonly url: string | null;
    /** Where LISTEN connects; null: to the same address. */
    readonly listenUrl: string | null;
    /** Absolute. */
    readonly dataDir: string;
    /** Whether the operator named it. */
    readonly dataDirNamed: boolean;
  };
  /** Under the names of their variables, as `/info.features` shows them. */
  readonly features: Readonly<Record<FeatureName, boolean>>;
  readonly realtime: {
    readonly reconnectAttempts: number;
    readonly reconnectDelayMs: number;
    readonly reconnectMaxDelayMs: number;
    readonly backoffMultiplier: number;
    readonly pingIntervalMs: number;
    readonly pongTimeoutMs: number;
    /** Events kept for a client that comes back; 0: none. */
    readonly messageBufferSize: number;
  };
  /** `…SampleMs`: how often it is measured, never more seldom than `…MetricsMs`, how often it is sent. */
  readonly intervals: {
    readonly systemSampleMs: number;
    readonly gpuSampleMs: number;
    readonly databaseSampleMs: number;
    readonly systemMetricsMs: number;
    readonly gpuMetricsMs: number;
    readonly databaseMetricsMs: number;
    readonly modelStatusMs: number;
    readonly chatStatusMs: number;
  };
  readonly models: ModelsConfig;
  readonly providers: readonly ProviderConfig[];
  readonly alerts: AlertLimits;
  readonly agents: {
    /** Those that may report, in the order in which they are shown. */
    readonly ids: readonly string[];
    /** A report older than this says nothing of an agent's state. */
    readonly staleAfterMs: number;
  };
  readonly host: { readonly diskPath: string };
  readonly slowQueryThresholdMs: number;
  /** Each multiple of it that the predictions reported pass is told. */
  readonly predictionMilestone: number;
  readonly sockets: {
    /** Client messages in any second. */
    readonly messageRate: number;
    readonly maxMessageBytes: number;
    readonly maxConnectionsPerIp: number;
    readonly maxConnections: number;
    readonly compression: boolean;
  };
  /** Limits of archmesh's sockets. */
  readonly mesh: {
    readonly connectionsMax: number;
    readonly idleTimeoutMs: number;
    readonly messagesPerMinuteMax: number;
  };
  /** Whether the client's address is the last entry of `X-Forwarded-For`. */
  readonly trustProxy: boolean;
  readonly cors: Readonly<
    Record<'aura' | 'graphql' | 'autoops' | 'crypto' | 'mesh' | 'mlops', AllowedOrigins>
  >;
  readonly auth: {
    readonly required: boolean;
    readonly allowAnonymous: boolean;
    readonly tokens: readonly ApiToken[];
    readonly jwtSecret: string | null;
    readonly jwksUrl: string | null;
    readonly jwtIssuer: string | null;
    readonly jwtAudience: string | null;
    /** The claim that names the role, or a path to it with dots. */
    readonly jwtRoleClaim: string;
    readonly jwtClockToleranceS: number;
    readonly requestSigningSecret: string | null;
  };
  readonly graphql: GraphqlConfig;
  readonly log: {
    readonly level: LogLevel;
    /** Absolute, for `websocket.log`; null: nothing is written to a file. */
    readonly dir: string | null;
    /** Whether the operator named the directory: then it has to be writable. */
    readonly dirRequired: boolean;
  };
  readonly retention: { readonly days: number; readonly auditDays: number };
  readonly bodyMaxBytes: number;
  readonly memory: MemoryConfig;
}

export interface ReadConfigOptions {
  /** Relative paths start here. */
  readonly cwd: string;
  readonly readFile?: (path: string) => string;
  /** What is known of `.env`, whose variables are among the others. */
  readonly envFile?: EnvFile;
}

/** Every mistake at once, each naming its variable or key, and none of them a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[], warnings: readonly string[] = []) {
    const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    const lists = [[`the configuration has ${count}:`, ...mistakes]];
    if (warnings.length > 0) lists.push(['besides:', ...warnings]);
    super(lists.map((list) => list.join('\n- ')).join('\n'));
    this.mistakes = mistakes;
  }
}

const DEFAULT_DASHBOARD_FILE = 'config/dashboard_config.yaml';
const DEFAULT_AGENTS = ['pricing_agent', 'inventory_agent', 'promotion_agent'];
const BODY_BYTES_MAX = 1024 * 1024;
const MESSAGE_BYTES_MAX = 64 * 1024 * 1024;
const COUNT_MAX = 1_000_000;
const DAYS_MAX = 36_500;
const MILESTONE_MAX = 1_000_000_000;
const DAY_MS = 86_400_000;
/** Shorter ones can be guessed. */
const SECRET_BYTES_MIN = 32;
const API_TOKEN_CHARS_ADVISED = 16;

const hmacSecret = z.string().refine((text) => Buffer.byteLength(text) >= SECRET_BYTES_MIN, {
  error: `must have ${SECRET_BYTES_MIN} bytes or more, as of \`openssl rand -base64 48\``,
});

export interface ReadConfig {
  readonly config: Config;
  readonly warnings: readonly string[];
  /** The variables that hold a secret: nothing needs them any more. */
  readonly secrets: readonly string[];
}

export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  {
    cwd,
    readFile = (path) => readFileSync(path, 'utf8'),
    envFile = { keys: [], mistakes: [] },
  }: ReadConfigOptions,
): ReadConfig {
  const vars = new Variables(env);
  const dashboard = readDashboard(vars, { cwd, readFile });
  const listen = readListen(vars, { cwd, readFile });
  const maxConnections = vars.read('MAX_WS_CONNECTIONS', wholeNumber(1, COUNT_MAX), 10_000);
  const dataDir = vars.text('DATA_DIR');
  const namedLogDir = vars.text('LOG_DIR');
  const defaultLogDir = dataDir === undefined ? 'logs' : join(dataDir, 'logs');
  const config: Config = {
    listen,
    advertised: readAdvertised(vars, listen),
    database: readDatabase(vars, { cwd, readFile }),
    features: readFeatures(vars),
    realtime: {
      reconnectAttempts: vars.read(
        'WEBSOCKET_RECONNECT_ATTEMPTS',
        wholeNumber(1, COUNT_MAX),
        dashboard.reconnect.maxAttempts,
      ),
      reconnectDelayMs: vars.read('WEBSOCKET_RECONNECT_DELAY_MS', wholeNumber(1, DAY_MS), 1000),
      reconnectMaxDelayMs: dashboard.reconnect.maxDelayMs,
      backoffMultiplier: dashboard.reconnect.backoffMultiplier,
      pingIntervalMs: vars.read('WS_PING_INTERVAL_MS', wholeNumber(10, DAY_MS), 30_000),
      pongTimeoutMs: vars.read('WS_PONG_TIMEOUT_MS', wholeNumber(10, DAY_MS), 10_000),
      messageBufferSize: vars.read('WEBSOCKET_MESSAGE_BUFFER_SIZE', wholeNumber(0, COUNT_MAX), 1000),
    },
    intervals: dashboard.intervals,
    models: readModels(vars),
    providers: readProviders(vars, { cwd, readFile }),
    alerts: readAlerts(vars),
    agents: {
      ids: vars.read('AUTOOPS_AGENTS', agentIds, DEFAULT_AGENTS),
      staleAfterMs: vars.read('AGENT_STALE_AFTER_S', wholeNumber(1, DAY_MS / 1000), 300) * 1000,
    },
    host: { diskPath: resolve(cwd, vars.text('DISK_PATH') ?? '/') },
    slowQueryThresholdMs: vars.read('SLOW_QUERY_THRESHOLD_MS', wholeNumber(1, DAY_MS), 1000),
    predictionMilestone: vars.read('PREDICTION_MILESTONE', wholeNumber(1, MILESTONE_MAX), 1000),
    sockets: {
      messageRate: vars.read('WS_MESSAGE_RATE', wholeNumber(1, COUNT_MAX), 10),
      maxMessageBytes: vars.read('WS_MAX_MESSAGE_BYTES', wholeNumber(256, MESSAGE_BYTES_MAX), BODY_BYTES_MAX),
      maxConnectionsPerIp: vars.read('WS_MAX_CONNECTIONS_PER_IP', wholeNumber(1, COUNT_MAX), 100),
      maxConnections,
      compression: vars.read('WS_COMPRESSION', flag, false),
    },
    mesh: {
      connectionsMax: vars.read('ARCHMESH_MAX_CONNECTIONS', wholeNumber(1, COUNT_MAX), 1_000),
      idleTimeoutMs: vars.read('ARCHMESH_IDLE_TIMEOUT_S', wholeNumber(1, 86_400), 300) * 1_000,
      messagesPerMinuteMax: vars.read('ARCHMESH_RATE_LIMIT_PER_MINUTE', wholeNumber(1, COUNT_MAX), 1_000),
    },
    trustProxy: vars.read('TRUST_PROXY', flag, false),
    cors: {
      aura: vars.read('AURA_CORS_ORIGINS', origins, 'localhost'),
      graphql: vars.read('GRAPHQL_CORS_ORIGINS', origins, 'localhost'),
      autoops: vars.read('AUTOOPS_CORS_ORIGINS', origins, ['http://localhost:3000', 'http://localhost:8501']),
      crypto: vars.read('CRYPTO_CORS_ORIGINS', origins, 'any'),
      mesh: vars.read('MESH_CORS_ORIGINS', origins, 'any'),
      mlops: vars.read('MLOPS_CORS_ORIGINS', origins, 'any'),
    },
    auth: readAuth(vars, listen.host),
    graphql: readGraphql(vars, { cwd, readFile }, maxConnections),
    log: {
      level: vars.read('LOG_LEVEL', logLevel, 'INFO'),
      dir: vars.read('LOG_TO_FILE', flag, true) ? resolve(cwd, namedLogDir ?? defaultLogDir) : null,
      dirRequired: namedLogDir !== undefined,
    },
    retention: {
      days: vars.read('RETENTION_DAYS', wholeNumber(1, DAYS_MAX), 30),
      auditDays: vars.read('AUDIT_RETENTION_DAYS', wholeNumber(1, DAYS_MAX), 365),
    },
    bodyMaxBytes: BODY_BYTES_MAX,
    memory: readMemory(vars),
  };
  append(vars.mistakes, envFile.mistakes);
  vars.checkNames(envFile.keys);
  if (vars.mistakes.length > 0) throw new ConfigError(vars.mistakes, vars.warnings);
  return { config, warnings: vars.warnings, secrets: vars.secrets };
}

/** What the log may show at start: everything but secrets, of which it tells only whether there are any. */
export function describeConfig(config: Config): object {
  const { database, models, providers, auth, graphql } = config;
  return {
    ...config,
    database: {
      ...database,
      url: database.url === null ? null : maskUrl(database.url),
      listenUrl: database.listenUrl === null ? null : maskUrl(database.listenUrl),
    },
    models: {
      ...models,
      servers: models.servers.map(({ name, url, key }) => ({ name, url, hasKey: key !== null })),
    },
    providers: providers.map(({ name, apiKey }) => ({ name, hasKey: apiKey !== null })),
    graphql: {
      ...graphql,
      trusted: graphql.trusted && { file: graphql.trusted.file, documents: graphql.trusted.documents.size },
    },
    auth: {
      required: auth.required,
      allowAnonymous: auth.allowAnonymous,
      subjects: auth.tokens.map(({ subject, role }) => `${subject} (${role})`),
      jwtSecret: auth.jwtSecret !== null,
      jwksUrl: auth.jwksUrl === null ? null : maskUrl(auth.jwksUrl),
      jwtIssuer: auth.jwtIssuer,
      jwtAudience: auth.jwtAudience,
      jwtRoleClaim: auth.jwtRoleClaim,
      jwtClockToleranceS: auth.jwtClockToleranceS,
      requestSigningSecret: auth.requestSigningSecret !== null,
    },
  };
}

function readDashboard(vars: Variables, { cwd, readFile }: Files): DashboardSettings {
  const named = vars.text('DASHBOARD_CONFIG');
  const name = named ?? DEFAULT_DASHBOARD_FILE;
  const file = readDashboardFile({ name, path: resolve(cwd, name), required: named !== undefined, readFile });
  append(vars.mistakes, file.mistakes);
  append(vars.warnings, file.warnings);
  return file.settings;
}

function readFeatures(vars: Variables): Config['features'] {
  const entries = Object.entries(FEATURES).map(([name, fallback]) => [name, vars.read(name, flag, fallback)]);
  return Object.fromEntries(entries) as Config['features'];
}

function readAuth(vars: Variables, host: string): Config['auth'] {
  const required = vars.read('AUTH_REQUIRED', flag, false);
  const allowAnonymous = vars.read('ALLOW_ANONYMOUS', flag, false);
  if (!isLoopback(host) && !required && !allowAnonymous) {
    vars.reject(
      'HOST',
      'lets other computers in: set AUTH_REQUIRED=true, and every request needs a credential, ' +
        'or ALLOW_ANONYMOUS=true, and it is open on purpose',
    );
  }
  const tokens = vars.secret('AUTH_TOKENS', apiTokens) ?? [];
  for (const [index, { token }] of tokens.entries()) {
    if (token.length >= API_TOKEN_CHARS_ADVISED) continue;
    vars.warnings.push(
      `AUTH_TOKENS entry ${index + 1} is shorter than ${API_TOKEN_CHARS_ADVISED} characters and easy to guess`,
    );
  }
  const jwtSecret = vars.secret('JWT_SECRET', hmacSecret);
  const requestSigningSecret = vars.secret('REQUEST_SIGNING_SECRET', z.string());
  if (requestSigningSecret !== null && Buffer.byteLength(requestSigningSecret) < SECRET_BYTES_MIN)
    vars.warnings.push(`REQUEST_SIGNING_SECRET is shorter than ${SECRET_BYTES_MIN} bytes and easy to guess`);
  const jwksUrl = vars.read('JWT_JWKS_URL', webUrl, null);
  const jwtAudience = vars.text('JWT_AUDIENCE') ?? null;
  if (jwksUrl !== null && jwtAudience === null)
    vars.warnings.push(
      'JWT_AUDIENCE is not set: tokens that the provider of JWT_JWKS_URL made for anybody else are taken here, too',
    );
  return {
    required,
    allowAnonymous,
    tokens,
    jwtSecret,
    jwksUrl,
    jwtIssuer: vars.text('JWT_ISSUER') ?? null,
    jwtAudience,
    jwtRoleClaim: vars.read('JWT_ROLE_CLAIM', claimName, 'role'),
    jwtClockToleranceS: vars.read('JWT_CLOCK_TOLERANCE_S', wholeNumber(0, 300), 30),
    requestSigningSecret,
  };
}
