import {
  ProviderHistoryDocument,
  ProviderLiveDocument,
  ProvidersDocument,
  ProviderTotalsLiveDocument,
} from '../documents.generated.ts';
import type { ProvidersQuery, ProviderSummaryLineFragment } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { Spark } from '../charts/spark.tsx';
import { useChartSource, useLines } from '../data/chart-source.ts';
import { ago, compact, duration, milliseconds, title, words } from '../data/format.ts';
import { upsert } from '../data/lists.ts';
import { msSince } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { levelOfPercent, Meter } from '../ui/meter.tsx';
import { Panel, usePanel } from '../ui/panel.tsx';
import { roomy } from '../ui/roomy.ts';
import { levelOf, State, type Level } from '../ui/state.tsx';

function useProviders(active: boolean) {
  return useResource(
    {
      document: ProvidersDocument,
      variables: {},
      live: [
        live({
          document: ProviderLiveDocument,
          variables: () => ({}),
          apply: (data: ProvidersQuery, { providerStatus }): ProvidersQuery => ({
            providers: upsert(data.providers ?? [], [providerStatus], {
              key: ({ name }) => name,
              append: true,
            }),
          }),
        }),
      ],
    },
    active,
  ).reading;
}

/** 0 response, 1 online, 2 degraded, 3 offline, 4 requests, 5 failures. */
function useProviderSeries(active: boolean) {
  return useChartSource(
    {
      lines: ['mean', 'mean', 'mean', 'mean', 'mean', 'mean'],
      history: ProviderHistoryDocument,
      historyArguments: {},
      points: ({ providerSummaryHistory }) =>
        (providerSummaryHistory ?? []).map((point) => ({
          atMs: Date.parse(point.startsAt),
          values: [
            point.avgResponseTimeMs,
            point.onlineCount,
            point.degradedCount,
            point.offlineCount,
            point.lastHourRequestCount,
            point.lastHourFailureCount,
          ].map((value) => value?.avg ?? null),
        })),
      gauge: ProviderTotalsLiveDocument,
      gaugeArguments: {},
      point: ({ providerSummary: now }) => ({
        atMs: Date.parse(now.sampledAt),
        values: [
          now.avgResponseTimeMs,
          now.onlineCount,
          now.degradedCount,
          now.offlineCount,
          now.lastHourRequestCount,
          now.lastHourFailureCount,
        ],
      }),
    },
    'providers',
    active,
  );
}

const noProviders = (
  <p>
    No provider is configured: copy <code>config/providers.example.yaml</code> to{' '}
    <code>config/providers.yaml</code> and restart the server.
  </p>
);

function levelOfProvider({ status }: ProviderSummaryLineFragment): Level {
  return status === 'OFFLINE' ? 'critical' : levelOf(status);
}

export function ProvidersCard() {
  const panel = usePanel();
  const reading = useProviders(panel.active);
  const series = useProviderSeries(panel.active);
  const response = useLines(series, 0);
  const providers = reading.value.value?.providers ?? [];
  const online = providers.filter(({ status }) => status === 'ONLINE').length;
  return (
    <Panel
      panel={panel}
      title="Providers"
      view="providers"
      reading={reading.value}
      class="card"
      empty={reading.value.value !== null && providers.length === 0 ? noProviders : null}
    >
      <div class="headline">
        <strong>{online}</strong>
        <small>of {providers.length} online</small>
        {roomy.value ? null : <Spark columns={series.value.columns} line={0} color="--series-4" />}
      </div>
      <ul class="lines">
        {providers.slice(0, 5).map((provider) => (
          <li key={provider.name}>
            <State level={levelOfProvider(provider)} label={words(provider.status)} />
            <span class="name">{provider.name}</span>
            {provider.rateLimit === null ? null : (
              <Meter
                percent={provider.rateLimit.usagePercent}
                level={levelOfPercent(provider.rateLimit.usagePercent)}
              />
            )}
            <span>
              {provider.status === 'ONLINE' ? milliseconds(provider.responseTimeMs) : words(provider.status)}
            </span>
          </li>
        ))}
      </ul>
      {roomy.value ? (
        <Chart
          title="Response"
          data={response}
          lines={[{ label: 'mean', color: '--series-4', fill: true }]}
          format={milliseconds}
        />
      ) : null}
    </Panel>
  );
}

export function ProvidersView() {
  const panel = usePanel<HTMLDivElement>();
  const reading = useProviders(panel.active);
  const series = useProviderSeries(panel.active);
  const response = useLines(series, 0);
  const states = useLines(series, 1, 2, 3);
  const requests = useLines(series, 4, 5);
  const providers = reading.value.value?.providers ?? [];
  return (
    <div class="view" ref={panel.ref}>
      <Panel
        title="Providers"
        reading={reading.value}
        empty={reading.value.value !== null && providers.length === 0 ? noProviders : null}
      >
        <div class="scroll">
          <table>
            <caption class="hidden">Providers with their rate limits</caption>
            <thead>
              <tr>
                <th>Provider</th>
                <th>Status</th>
                <th>Category</th>
                <th class="number">Response</th>
                <th>Rate limit</th>
                <th class="number">Reset</th>
                <th>Collection</th>
                <th class="number">Probe</th>
              </tr>
            </thead>
            <tbody>
              {providers.map((provider) => (
                <ProviderRow key={provider.name} provider={provider} />
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      {providers.length === 0 ? null : (
        <section class="charts" aria-label="Charts of the providers">
          <Chart
            title="Response"
            data={response}
            lines={[{ label: 'mean', color: '--series-4', fill: true }]}
            format={milliseconds}
          />
          <Chart
            title="Providers"
            data={states}
            lines={[
              { label: 'online', color: '--series-2', fill: true },
              { label: 'degraded', color: '--warning' },
              { label: 'offline', color: '--critical' },
            ]}
            format={compact}
          />
          <Chart
            title="In the last hour"
            data={requests}
            lines={[
              { label: 'requests', color: '--series-1', fill: true },
              { label: 'failures', color: '--critical' },
            ]}
            format={compact}
          />
        </section>
      )}
    </div>
  );
}

function ProviderRow({ provider }: { provider: ProviderSummaryLineFragment }) {
  const {
    name,
    category,
    status,
    responseTimeMs,
    httpStatusCode,
    errorMessage,
    rateLimit,
    lastCheckAt,
    breaker,
  } = provider;
  const reason =
    provider.requiresKey && !provider.hasKey
      ? 'needs an API key'
      : (errorMessage ?? (httpStatusCode === null ? null : `HTTP ${httpStatusCode}`));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <State level={levelOfProvider(provider)} /> {words(status)}
        {status === 'ONLINE' || reason === null ? null : <small class="reason">{reason}</small>}
      </td>
      <td>{title(category)}</td>
      <td class="number">{milliseconds(responseTimeMs)}</td>
      <td>
        {rateLimit === null ? (
          'none'
        ) : (
          <span class="share">
            <Meter percent={rateLimit.usagePercent} level={levelOfPercent(rateLimit.usagePercent)} />{' '}
            {compact(rateLimit.currentUsage)} of {compact(rateLimit.limitValue)} {words(rateLimit.limitType)}
          </span>
        )}
      </td>
      <td class="number">{rateLimit === null ? '–' : duration(-msUntil(rateLimit.resetAt))}</td>
      <td>{breaker === 'CLOSED' ? 'normal' : `paused (${words(breaker)})`}</td>
      <td class="number">{lastCheckAt === null ? 'never' : ago(msSince(lastCheckAt))}</td>
    </tr>
  );
}

function msUntil(instant: string): number {
  return -Math.max(0, Date.parse(instant) - Date.now());
}
