import type { ReadonlySignal } from '@preact/signals';
import { ConnectionHistoryDocument, ConnectionLiveDocument } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { Spark } from '../charts/spark.tsx';
import { useChartSource, useLines, type ChartData } from '../data/chart-source.ts';
import { age, compact, count, milliseconds, perSecond, words } from '../data/format.ts';
import { useGauge } from '../data/gauge.ts';
import { msSince } from '../data/overall.ts';
import { elapsedMs, rowRates } from '../data/rate.ts';
import { Figure } from '../ui/figure.tsx';
import { Panel, usePanel } from '../ui/panel.tsx';
import { Table } from '../ui/table.tsx';
import { roomy } from '../ui/roomy.ts';

/** 0 open, 1 HTTP requests, 2 HTTP response, 3 message latency, 4 failed attempts. */
function useConnectionSeries(active: boolean) {
  return useChartSource(
    {
      lines: ['mean', 'mean', 'mean', 'mean', 'max'],
      history: ConnectionHistoryDocument,
      historyArguments: {},
      points: ({ connectionHistory }) =>
        (connectionHistory ?? []).map((point) => ({
          atMs: Date.parse(point.startsAt),
          values: [
            point.openCount?.avg ?? null,
            point.httpRequestCount?.avg ?? null,
            point.httpResponseMs?.avg ?? null,
            point.messageLatencyMs?.avg ?? null,
            point.failedAttemptCount?.max ?? null,
          ],
        })),
      gauge: ConnectionLiveDocument,
      gaugeArguments: {},
      point: ({ connections: now }) => ({
        atMs: Date.parse(now.sampledAt),
        values: [
          now.openCount,
          now.httpRequestCount,
          now.httpResponseMs,
          now.messageLatencyMs,
          now.failedAttemptCount,
        ],
      }),
    },
    'connections',
    active,
  );
}

export function ConnectionsCard() {
  const panel = usePanel();
  const reading = useGauge(ConnectionLiveDocument, {}, panel.active);
  const series = useConnectionSeries(panel.active);
  const now = reading.value.value?.connections;
  return (
    <Panel panel={panel} title="Connections" view="server" reading={reading.value} class="card">
      <dl class="figures">
        <Figure label="WebSockets">{count(now?.openCount)}</Figure>
        <Figure label="Message latency">{milliseconds(now?.messageLatencyMs)}</Figure>
        <Figure label="HTTP a minute">{count(now?.httpRequestCount)}</Figure>
        <Figure label="HTTP response">{milliseconds(now?.httpResponseMs)}</Figure>
      </dl>
      {roomy.value ? (
        <LatencyChart series={series} />
      ) : (
        <Spark columns={series.value.columns} line={2} color="--series-2" />
      )}
    </Panel>
  );
}

function LatencyChart({ series }: { series: ReadonlySignal<ChartData> }) {
  return (
    <Chart
      title="Latency"
      data={useLines(series, 2, 3)}
      lines={[
        { label: 'HTTP response', color: '--series-2' },
        { label: 'message', color: '--series-3', fill: true },
      ]}
      format={milliseconds}
    />
  );
}

const socketsShown = 100;

export function ConnectionsView() {
  const panel = usePanel<HTMLDivElement>();
  const reading = useGauge(ConnectionLiveDocument, {}, panel.active);
  const series = useConnectionSeries(panel.active);
  const open = useLines(series, 0, 4);
  const requests = useLines(series, 1);
  const now = reading.value.value?.connections;
  const sockets = now?.sockets ?? [];
  const before = reading.value.previous?.connections;
  const rateOf = rowRates(sockets, before?.sockets, {
    id: ({ socketId }) => socketId,
    elapsedMs: now === undefined ? 0 : elapsedMs(before, now),
  });
  return (
    <div class="view" ref={panel.ref}>
      <Panel title="Connections" reading={reading.value}>
        <dl class="figures figures-large">
          <Figure label="WebSockets">{count(now?.openCount)}</Figure>
          <Figure label="Failed attempts a minute">{count(now?.failedAttemptCount)}</Figure>
          <Figure label="HTTP requests a minute">{count(now?.httpRequestCount)}</Figure>
          <Figure label="HTTP response">{milliseconds(now?.httpResponseMs)}</Figure>
          <Figure label="Message latency">{milliseconds(now?.messageLatencyMs)}</Figure>
        </dl>
      </Panel>
      <section class="charts" aria-label="Charts of the connections">
        <Chart
          title="WebSockets"
          data={open}
          lines={[
            { label: 'open', color: '--series-1', fill: true },
            { label: 'failed', color: '--critical' },
          ]}
          format={compact}
        />
        <Chart
          title="HTTP requests a minute"
          data={requests}
          lines={[{ label: 'requests', color: '--series-2', fill: true }]}
          format={compact}
        />
        <LatencyChart series={series} />
      </section>
      <Panel
        title="WebSockets"
        reading={reading.value}
        empty={sockets.length === 0 ? <p>No WebSocket is open.</p> : null}
      >
        <Table
          caption="Open WebSockets"
          rows={sockets.slice(0, socketsShown)}
          id={({ socketId }) => socketId}
          columns={[
            { title: 'Path', cell: ({ path }) => path },
            { title: 'Subject', cell: ({ subject }) => subject },
            { title: 'Address', cell: ({ address }) => address },
            {
              title: 'Client',
              class: 'client',
              cell: ({ userAgent }) => <span title={userAgent ?? ''}>{userAgent ?? '–'}</span>,
            },
            { title: 'Quality', cell: ({ quality }) => words(quality ?? 'unknown') },
            { title: 'Latency', number: true, cell: ({ latencyMs }) => milliseconds(latencyMs) },
            {
              title: 'Sent',
              number: true,
              cell: (socket) => (
                <span title={`${count(socket.sentCount)} messages since it was opened`}>
                  {perSecond(rateOf(socket, ({ sentCount }) => sentCount))}
                </span>
              ),
            },
            {
              title: 'Received',
              number: true,
              cell: (socket) => (
                <span title={`${count(socket.receivedCount)} messages since it was opened`}>
                  {perSecond(rateOf(socket, ({ receivedCount }) => receivedCount))}
                </span>
              ),
            },
            { title: 'Open for', number: true, cell: ({ openedAt }) => age(msSince(openedAt)) },
          ]}
        />
        {sockets.length > socketsShown ? <p class="hint">{sockets.length - socketsShown} more</p> : null}
      </Panel>
    </div>
  );
}
