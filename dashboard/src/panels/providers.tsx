import type { ReadonlySignal } from '@preact/signals';
import {
  ProviderHistoryDocument,
  ProviderLiveDocument,
  ProvidersDocument,
  ProviderTotalsLiveDocument,
} from '../documents.generated.ts';
import type { ProvidersQuery, ProviderSummaryLineFragment } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { Spark } from '../charts/spark.tsx';
import { useChartSource, useLines, type ChartData } from '../data/chart-source.ts';
import { compact, duration, milliseconds, title, words } from '../data/format.ts';
import { upsert } from '../data/lists.ts';
import { since } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { levelOfPercent, Meter } from '../ui/meter.tsx';
import { Panel, usePanel } from '../ui/panel.tsx';
import { Table, type Column } from '../ui/table.tsx';
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
      {roomy.value ? <ResponseChart series={series} /> : null}
    </Panel>
  );
}

function ResponseChart({ series }: { series: ReadonlySignal<ChartData> }) {
  return (
    <Chart
      title="Response"
      data={useLines(series, 0)}
      lines={[{ label: 'mean', color: '--series-4', fill: true }]}
      format={milliseconds}
    />
  );
}

export function ProvidersView() {
  const panel = usePanel<HTMLDivElement>();
  const reading = useProviders(panel.active);
  const series = useProviderSeries(panel.active);
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
        <Table
          caption="Providers with their rate limits"
          rows={providers}
          id={({ name }) => name}
          columns={columns}
        />
      </Panel>
      {providers.length === 0 ? null : (
        <section class="charts" aria-label="Charts of the providers">
          <ResponseChart series={series} />
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

const columns: readonly Column<ProviderSummaryLineFragment>[] = [
  { title: 'Provider', cell: ({ name }) => name },
  { title: 'Status', cell: (provider) => <ProviderState provider={provider} /> },
  { title: 'Category', cell: ({ category }) => title(category) },
  { title: 'Response', number: true, cell: ({ responseTimeMs }) => milliseconds(responseTimeMs) },
  {
    title: 'Rate limit',
    cell: ({ rateLimit }) =>
      rateLimit === null ? (
        'none'
      ) : (
        <span class="share">
          <Meter percent={rateLimit.usagePercent} level={levelOfPercent(rateLimit.usagePercent)} />{' '}
          {compact(rateLimit.usedRequestCount)} of {compact(rateLimit.requestsMax)}{' '}
          {words(rateLimit.limitType)}
        </span>
      ),
  },
  {
    title: 'Reset',
    number: true,
    cell: ({ rateLimit }) => (rateLimit === null ? '–' : duration(-msUntil(rateLimit.resetAt))),
  },
  {
    title: 'Collection',
    cell: ({ breaker }) => (breaker === 'CLOSED' ? 'normal' : `paused (${words(breaker)})`),
  },
  { title: 'Probe', number: true, cell: ({ lastCheckAt }) => since(lastCheckAt) },
];

function ProviderState({ provider }: { provider: ProviderSummaryLineFragment }) {
  const { status, requiresKey, hasKey, errorMessage, httpStatusCode } = provider;
  const reason =
    requiresKey && !hasKey
      ? 'needs an API key'
      : (errorMessage ?? (httpStatusCode === null ? null : `HTTP ${httpStatusCode}`));
  return (
    <>
      <State level={levelOfProvider(provider)} /> {words(status)}
      {status === 'ONLINE' || reason === null ? null : <small class="reason">{reason}</small>}
    </>
  );
}

function msUntil(instant: string): number {
  return -Math.max(0, Date.parse(instant) - Date.now());
}
