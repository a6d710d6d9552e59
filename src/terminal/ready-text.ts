import pkg from '../../package.json' with { type: 'json' };
import type { App } from '../app.ts';
import { accessSummary } from '../auth/access-summary.ts';
import { maskUrl } from '../lib/mask.ts';
import type { Config } from '../settings.ts';

/** What a terminal shows when the server is ready. */
export function readyText({
  app: { addresses },
  config,
  startMs,
}: {
  readonly app: Pick<App, 'addresses'>;
  readonly config: Config;
  readonly startMs: number;
}): string {
  const { graphiql, dashboard } = config.graphql;
  const { url, dataDir } = config.database;
  const rows = [
    ...(dashboard ? [['Page', `${addresses.http}/`] as const] : []),
    [graphiql ? 'GraphiQL' : 'GraphQL', addresses.graphql],
    ['Endpoints', `${addresses.http}/docs`],
    ['Database', url === null ? `embedded PostgreSQL in ${dataDir}` : maskUrl(url)],
    ['Access', accessSummary(config.auth, config.listen.host)],
    ['Stop', 'Ctrl-C'],
  ] as const;
  return [
    `${pkg.name} ${pkg.version} is ready (${(startMs / 1_000).toFixed(1)} s)`,
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(9)}  ${value}`),
  ].join('\n');
}
