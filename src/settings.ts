import { authSettings } from './auth/config.ts';
import { databaseSettings, retentionSettings } from './config/database.ts';
import { readEnv } from './config/env.ts';
import { featureSettings } from './config/features.ts';
import { graphqlSettings } from './config/graphql.ts';
import { memorySettings, socketSettings } from './config/limits.ts';
import { advertisedSettings, listenSettings } from './config/listen.ts';
import { logSettings, processSettings, workerSettings } from './config/log.ts';
import { newsSettings } from './config/news.ts';
import { timingSettings } from './config/timing.ts';
import { traceSettings } from './config/traces.ts';
import { readSettings, type ReadOptions, type ReadSettings } from './config/read-settings.ts';
import type { ConfigOf } from './config/setting.ts';
import { agentSettings } from './domains/agents/config.ts';
import { alertSettings } from './domains/alerts/config.ts';
import { historySettings } from './domains/history/config.ts';
import { customEventSettings } from './domains/custom-events/config.ts';
import { slowQuerySettings } from './domains/database/config.ts';
import { hostSettings } from './domains/host/config.ts';
import { metricSettings } from './domains/metrics/config.ts';
import { otlpSettings } from './domains/metrics/otlp-config.ts';
import { scrapeSettings } from './domains/metrics/scrape-config.ts';
import { modelSettings } from './domains/models/config.ts';
import { providerSettings } from './domains/providers/config.ts';
import { webhookSettings } from './domains/webhooks/config.ts';
import { legacySettings } from './legacy/settings.ts';

/** The table of all settings. A domain or an old system declares its own; here they are put together. */
export const settings = {
  listen: listenSettings,
  advertised: advertisedSettings,
  auth: authSettings,
  graphql: graphqlSettings,
  database: databaseSettings,
  news: newsSettings,
  retention: retentionSettings,
  log: logSettings,
  process: processSettings,
  workers: workerSettings,
  traces: traceSettings,
  features: featureSettings,
  host: hostSettings,
  slowQueries: slowQuerySettings,
  metrics: metricSettings,
  scrape: scrapeSettings,
  otlp: otlpSettings,
  history: historySettings,
  customEvents: customEventSettings,
  models: modelSettings,
  providers: providerSettings,
  agents: agentSettings,
  alerts: alertSettings,
  webhooks: webhookSettings,
  timing: timingSettings,
  sockets: socketSettings,
  memory: memorySettings,
  ...legacySettings,
};

export type Config = ConfigOf<typeof settings>;

/** Reads the environment of the process and the file `.env` in its working directory. @throws ConfigError */
export function readProcessConfig(): ReadSettings<typeof settings> {
  const cwd = process.cwd();
  const { values, file } = readEnv(cwd);
  return readConfig(values, { cwd, envFile: file });
}

/** @throws ConfigError with every error */
export function readConfig(
  variables: Readonly<Record<string, string | undefined>>,
  options: ReadOptions,
): ReadSettings<typeof settings> {
  return readSettings(settings, variables, options);
}
