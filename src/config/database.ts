import { databaseUrl, integer, text } from './parsers.ts';
import { section, type Setting, type SettingsContext } from './setting.ts';
import { maskUrl } from '../lib/mask.ts';

const days = integer(1, 36_500);
/** The parameters that the driver knows; it ignores any other name and connects without TLS. */
const tlsParameters = ['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslnegotiation'];
const tlsModes = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'];
const fileParameters = new Set(['sslrootcert', 'sslcert', 'sslkey']);

export const databaseSettings = section({
  title: 'Storage',
  settings: {
    dataDir: {
      env: 'DATA_DIR',
      type: text,
      default: './data',
      description:
        'Directory of the embedded database, of generated secrets, of samples that `opsgraph agent` has to send and, when set, of the logs.',
    },
    url: {
      env: 'DATABASE_URL',
      type: databaseUrl,
      secret: true,
      shown: maskUrl,
      protects: true,
      unset: 'an embedded PostgreSQL in DATA_DIR',
      description: 'URL of an external database: postgres://user:password@host/database.',
    },
    listenUrl: {
      env: 'DATABASE_LISTEN_URL',
      type: databaseUrl,
      secret: true,
      shown: maskUrl,
      description:
        'URL of the same database for LISTEN only. Set it where DATABASE_URL is a PgBouncer in transaction mode.',
    },
    poolSize: {
      env: 'DATABASE_POOL_SIZE',
      type: integer(4, 1_000),
      default: '10',
      description:
        'Connections to the database for requests, sources and jobs, at most. The log opens up to two more, and LISTEN one.',
    },
  },
  resolve({ url, listenUrl, poolSize, dataDir }, context, settings) {
    checkTls(settings.url, url, context);
    checkTls(settings.listenUrl, listenUrl, context);
    if (listenUrl !== null && url === null) context.error('DATABASE_LISTEN_URL requires DATABASE_URL');
    /** `dataDirNamed`: whether the operator chose the directory. */
    const dataDirNamed = context.isSet(settings.dataDir);
    return { url, listenUrl, poolSize, dataDir: context.path(dataDir), dataDirNamed };
  },
});

export type DatabaseConfig = ReturnType<typeof databaseSettings.resolve>;

export const retentionSettings = section({
  title: 'Retention',
  settings: {
    days: {
      env: 'RETENTION_DAYS',
      type: days,
      default: '30',
      description: 'Days that samples, events, reports, resolved alerts and activity are kept.',
    },
    auditDays: {
      env: 'AUDIT_RETENTION_DAYS',
      type: days,
      default: '365',
      description: 'Days that audit entries are kept.',
    },
  },
});

function checkTls(setting: Setting, value: string | null, context: SettingsContext): void {
  if (value === null) return;
  for (const [name, parameter] of new URL(value).searchParams) {
    if (name.startsWith('ssl') && !tlsParameters.includes(name))
      context.error(`${setting.env} has the parameter ${name}; allowed for TLS: ${tlsParameters.join(', ')}`);
    const shown = `${setting.env} has ${name}=${JSON.stringify(parameter)}`;
    if (name === 'sslmode' && !tlsModes.includes(parameter))
      context.error(`${shown}; allowed: ${tlsModes.join(', ')}`);
    if (!fileParameters.has(name)) continue;
    const read = context.readFile(parameter);
    if ('code' in read) context.error(`${shown}, which cannot be read (${read.code})`);
  }
}
