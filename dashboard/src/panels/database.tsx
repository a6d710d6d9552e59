import type { ReadonlySignal } from '@preact/signals';
import { DatabaseDocument, DatabaseHistoryDocument, DatabaseLiveDocument } from '../documents.generated.ts';
import type { DatabaseQuery } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { Spark } from '../charts/spark.tsx';
import { useChartSource, useLines, type ChartData } from '../data/chart-source.ts';
import { ago, bytes, compact, count, milliseconds, ratio, words } from '../data/format.ts';
import { msSince, since } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Figure } from '../ui/figure.tsx';
import { Panel, usePanel } from '../ui/panel.tsx';
import { Table } from '../ui/table.tsx';
import { roomy } from '../ui/roomy.ts';
import { levelOf, State } from '../ui/state.tsx';

function useDatabase(active: boolean) {
  return useResource(
    {
      document: DatabaseDocument,
      variables: {},
      live: [
        live({
          document: DatabaseLiveDocument,
          variables: () => ({}),
          apply: (_data: DatabaseQuery, { databaseMetrics }): DatabaseQuery => ({ databaseMetrics }),
        }),
      ],
    },
    active,
  ).reading;
}

/** 0 response, 1 mean query, 2 active, 3 idle, 4 cache hits, 5 size, 6 indexes, 7 slow queries. */
function useDatabaseSeries(active: boolean) {
  return useChartSource(
    {
      lines: ['mean', 'mean', 'mean', 'mean', 'mean', 'mean', 'mean', 'max'],
      history: DatabaseHistoryDocument,
      historyArguments: {},
      points: ({ databaseHistory }) =>
        (databaseHistory ?? []).map((point) => ({
          atMs: Date.parse(point.startsAt),
          values: [
            point.responseTimeMs?.avg ?? null,
            point.avgQueryTimeMs?.avg ?? null,
            point.activeConnectionCount?.avg ?? null,
            point.idleConnectionCount?.avg ?? null,
            point.queryCacheHitRatio?.avg ?? null,
            point.databaseSizeBytes?.avg ?? null,
            point.indexesSizeBytes?.avg ?? null,
            point.slowQueryCount?.max ?? null,
          ],
        })),
      gauge: DatabaseLiveDocument,
      gaugeArguments: {},
      point: ({ databaseMetrics: now }) => ({
        atMs: Date.parse(now.sampledAt),
        values: [
          now.health.responseTimeMs,
          now.performance.avgQueryTimeMs,
          now.connection.activeConnectionCount,
          now.connection.idleConnectionCount,
          now.performance.queryCacheHitRatio,
          now.storage.databaseSizeBytes,
          now.storage.indexesSizeBytes,
          now.performance.slowQueryCount,
        ],
      }),
    },
    'database',
    active,
  );
}

export function DatabaseCard() {
  const panel = usePanel();
  const reading = useDatabase(panel.active);
  const series = useDatabaseSeries(panel.active);
  const now = reading.value.value?.databaseMetrics;
  return (
    <Panel
      panel={panel}
      title="Database"
      view="database"
      reading={reading.value}
      missing={now == null}
      class="card"
    >
      <div class="headline">
        <State level={levelOf(now?.health.status)} label={now?.health.status.toLowerCase() ?? 'unknown'} />
        <strong>{milliseconds(now?.health.responseTimeMs)}</strong>
        <small>to respond</small>
      </div>
      <dl class="figures">
        <Figure label="Connections">
          {count(now?.connection.activeConnectionCount)} of {count(now?.connection.connectionsMax)}
        </Figure>
        <Figure label="Cache hits">{ratio(now?.performance.queryCacheHitRatio)}</Figure>
        <Figure label="Size">{bytes(now?.storage.databaseSizeBytes)}</Figure>
      </dl>
      {roomy.value ? (
        <ResponseChart series={series} />
      ) : (
        <Spark columns={series.value.columns} line={0} color="--series-2" />
      )}
    </Panel>
  );
}

function ResponseChart({ series }: { series: ReadonlySignal<ChartData> }) {
  return (
    <Chart
      title="Response"
      data={useLines(series, 0, 1)}
      lines={[
        { label: 'response', color: '--series-2', fill: true },
        { label: 'mean query', color: '--series-3' },
      ]}
      format={milliseconds}
    />
  );
}

export function DatabaseView() {
  const panel = usePanel<HTMLDivElement>();
  const reading = useDatabase(panel.active);
  const series = useDatabaseSeries(panel.active);
  const now = reading.value.value?.databaseMetrics;
  const connections = useLines(series, 2, 3);
  const cache = useLines(series, 4);
  const size = useLines(series, 5, 6);
  const tables = now?.storage.tables ?? [];
  return (
    <div class="view" ref={panel.ref}>
      <Panel title="Database" reading={reading.value} missing={now == null}>
        <dl class="figures figures-large">
          <Figure label="Status">
            <State level={levelOf(now?.health.status)} /> {words(now?.health.status ?? 'unknown')}
          </Figure>
          <Figure label="Response">{milliseconds(now?.health.responseTimeMs)}</Figure>
          <Figure label="Mean query">{milliseconds(now?.performance.avgQueryTimeMs)}</Figure>
          <Figure label="Connections">
            {count(now?.connection.activeConnectionCount)} active,{' '}
            {count(now?.connection.idleConnectionCount)} idle, at most {count(now?.connection.connectionsMax)}
          </Figure>
          <Figure label="Pool used">{ratio(now?.connection.poolUsedRatio)}</Figure>
          <Figure label={`Queries over ${milliseconds(now?.performance.slowQueryThresholdMs)}`}>
            {count(now?.performance.slowQueryCount)}
          </Figure>
          <Figure label="Cache hits">{ratio(now?.performance.queryCacheHitRatio)}</Figure>
          <Figure label="Replication lag">{milliseconds(now?.health.replicationLagMs)}</Figure>
          <Figure label="Backup">
            {words(now?.health.backupStatus ?? 'unknown')}
            {now?.health.lastBackupAt == null ? '' : `, ${ago(msSince(now.health.lastBackupAt))}`}
          </Figure>
        </dl>
      </Panel>
      {now == null ? null : (
        <>
          <section class="charts" aria-label="Charts of the database">
            <ResponseChart series={series} />
            <Chart
              title="Connections"
              data={connections}
              lines={[
                { label: 'active', color: '--series-1', fill: true },
                { label: 'idle', color: '--series-5' },
              ]}
              format={compact}
            />
            <Chart
              title="Cache hits"
              data={cache}
              lines={[{ label: 'ratio', color: '--series-4' }]}
              format={ratio}
              max={1}
            />
            <Chart
              title="Size"
              data={size}
              lines={[
                { label: 'database', color: '--series-2', fill: true },
                { label: 'indexes', color: '--series-3' },
              ]}
              format={bytes}
            />
          </section>
          <Panel
            title="Tables"
            reading={reading.value}
            empty={tables.length === 0 ? <p>The sizes of the tables are not known.</p> : null}
          >
            <Table
              caption="Tables by size"
              rows={tables}
              id={({ tableName }) => tableName}
              columns={[
                { title: 'Table', cell: ({ tableName }) => tableName },
                { title: 'Rows', number: true, cell: ({ rowCount }) => compact(rowCount) },
                { title: 'Size', number: true, cell: ({ sizeBytes }) => bytes(sizeBytes) },
                { title: 'Vacuum', number: true, cell: ({ lastVacuumAt }) => since(lastVacuumAt) },
              ]}
            />
          </Panel>
        </>
      )}
    </div>
  );
}
