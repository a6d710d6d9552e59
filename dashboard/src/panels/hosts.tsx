import type { ReadonlySignal } from '@preact/signals';
import { HostDetailsDocument, HostLiveDocument } from '../documents.generated.ts';
import type { HostSampleFragment, HostSummaryFragment } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import type { Subject } from '../charts/marks.ts';
import { useLines, type ChartData } from '../data/chart-source.ts';
import { bytes, bytesPerSecond, celsius, count, duration, percent, perSecond } from '../data/format.ts';
import { useGauge } from '../data/gauge.ts';
import { nodesOf } from '../data/lists.ts';
import { parameter } from '../data/location.ts';
import { overall, since } from '../data/overall.ts';
import { elapsedMs, rate } from '../data/rate.ts';
import { useResource } from '../data/resource.ts';
import { Figure } from '../ui/figure.tsx';
import { levelOfPercent, Meter } from '../ui/meter.tsx';
import { Panel, usePanel } from '../ui/panel.tsx';
import { levelOf, State } from '../ui/state.tsx';
import { TableFrame, TableRow, type Column } from '../ui/table.tsx';
import { ViewLink } from '../ui/view-link.tsx';
import { GpuCharts } from './gpus.tsx';
import { HostTiles } from './host-tiles.tsx';
import { hostLine, useHostSeries } from './host-series.ts';

const given = parameter('host');

/** The host of the server is the default of all arguments `hostId`, so that equal subscriptions are one. */
function argumentFor(hostId: string): string | null {
  return hostId === overall.value.value?.config?.hostId ? null : hostId;
}

/** The fleet, and one host in detail. */
export function HostsView() {
  const hosts = nodesOf(overall.value.value?.hosts);
  const shown =
    hosts.find(({ hostId }) => hostId === given.value)?.hostId ?? overall.value.value?.config?.hostId;
  const hostId = shown === undefined ? null : argumentFor(shown);
  return (
    <>
      <Fleet shown={shown} />
      <HostTiles hostId={hostId} key={`tiles ${hostId}`} />
      <HostCharts hostId={hostId} key={`charts ${hostId}`} />
      <GpuCharts hostId={hostId} key={`gpus ${hostId}`} />
      <HostDetails hostId={hostId} key={`details ${hostId}`} />
    </>
  );
}

/** Rows that are measured every second; the others every few seconds. */
const liveRowsMax = 40;

export function Fleet({ shown, compact = false }: { shown?: string | undefined; compact?: boolean }) {
  const panel = usePanel();
  const hosts = nodesOf(overall.value.value?.hosts);
  const columns = compact ? allColumns.filter(({ title }) => !detailColumns.has(title)) : allColumns;
  return (
    <Panel
      panel={panel}
      title={compact ? 'Hosts' : `Fleet: ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`}
      {...(compact ? { view: 'hosts' } : {})}
      reading={overall.value}
      fields={['hosts']}
      class="fleet"
    >
      <TableFrame caption="Hosts with their newest samples" columns={columns}>
        {hosts.map((host, index) => (
          <HostRow
            key={host.hostId}
            host={host}
            columns={columns}
            active={panel.active && index < liveRowsMax}
            isShown={host.hostId === shown}
          />
        ))}
      </TableFrame>
      {compact || hosts.length > 1 ? null : (
        <p class="hint">
          To see another machine here, run on it: <code>npm run agent -- --to {location.origin}</code>
        </p>
      )}
    </Panel>
  );
}

interface HostLine {
  readonly host: HostSummaryFragment;
  readonly sample: HostSampleFragment | null;
}

function share(percentOf: (sample: HostSampleFragment) => number | null) {
  return function ShareCell({ sample }: HostLine) {
    const value = sample === null ? null : percentOf(sample);
    return (
      <span class="share">
        <Meter percent={value} level={levelOfPercent(value)} /> {percent(value)}
      </span>
    );
  };
}

const allColumns: readonly Column<HostLine>[] = [
  {
    title: 'Host',
    cell: ({ host: { hostId, hostname, status }, sample }) => (
      <>
        <State
          level={status === 'OFFLINE' ? 'critical' : levelOf(sample?.health)}
          label={status === 'OFFLINE' ? 'offline' : (sample?.health ?? 'unknown').toLowerCase()}
        />{' '}
        <ViewLink view="hosts" change={{ host: hostId }}>
          {hostId}
        </ViewLink>{' '}
        {hostname === hostId ? null : <small>{hostname}</small>}
      </>
    ),
  },
  { title: 'CPU', cell: share(({ cpu }) => cpu.usedPercent) },
  { title: 'Memory', cell: share(({ memory }) => memory.usedPercent) },
  { title: 'Disk', cell: share(({ disk }) => disk.usedPercent) },
  { title: 'Load', number: true, cell: ({ sample }) => sample?.cpu.loadAverage1m?.toFixed(2) ?? '–' },
  { title: 'Temperature', number: true, cell: ({ sample }) => celsius(sample?.temperature.cpuC) },
  { title: 'Up', number: true, cell: ({ sample }) => duration(sample?.uptimeMs) },
  {
    title: 'Sample',
    number: true,
    cell: ({ host, sample }) => since(sample?.sampledAt ?? host.lastSampleAt),
  },
];
/** Not in the overview. */
const detailColumns: ReadonlySet<string> = new Set(['Load', 'Temperature', 'Up']);

interface HostRowProps {
  readonly host: HostSummaryFragment;
  readonly columns: readonly Column<HostLine>[];
  readonly active: boolean;
  readonly isShown: boolean;
}

function HostRow({ host, columns, active, isShown }: HostRowProps) {
  const reading = useGauge(HostLiveDocument, { hostId: argumentFor(host.hostId) }, active);
  const sample = reading.value.value?.systemMetrics ?? host.systemMetrics;
  return (
    <TableRow
      columns={columns}
      row={{ host, sample }}
      selected={isShown}
      class={host.status === 'OFFLINE' ? 'gone' : ''}
    />
  );
}

interface NetworkChartProps {
  readonly series: ReadonlySignal<ChartData>;
  readonly subject: Subject;
}

export function NetworkChart({ series, subject }: NetworkChartProps) {
  return (
    <Chart
      title="Network"
      data={useLines(series, hostLine.received, hostLine.sent)}
      lines={[
        { label: 'in', color: '--series-4', fill: true },
        { label: 'out', color: '--series-1' },
      ]}
      format={bytesPerSecond}
      subject={subject}
    />
  );
}

export function HostCharts({ hostId }: { hostId: string | null }) {
  const panel = usePanel();
  const series = useHostSeries(hostId, panel.active);
  const cpu = useLines(series, hostLine.cpu, hostLine.cpuMax);
  const memory = useLines(series, hostLine.memory, hostLine.disk);
  const disk = useLines(series, hostLine.diskRead, hostLine.diskWrite);
  const temperature = useLines(series, hostLine.temperature);
  const subject = { hostId: hostId ?? overall.value.value?.config?.hostId ?? '' };
  const hasTemperature = temperature.value.columns[1]?.some((value) => value !== null) ?? false;
  return (
    <section class="charts" ref={panel.ref} aria-label="Charts of the host">
      <Chart
        title="CPU"
        data={cpu}
        lines={[
          { label: 'used', color: '--series-1' },
          { label: '', color: '--series-1', band: true },
        ]}
        format={percent}
        max={100}
        subject={subject}
      />
      <Chart
        title="Memory and disk"
        data={memory}
        lines={[
          { label: 'memory', color: '--series-2', fill: true },
          { label: 'disk', color: '--series-3' },
        ]}
        format={percent}
        max={100}
        subject={subject}
      />
      <NetworkChart series={series} subject={subject} />
      <Chart
        title="Disk throughput"
        data={disk}
        lines={[
          { label: 'read', color: '--series-2' },
          { label: 'written', color: '--series-3', fill: true },
        ]}
        format={bytesPerSecond}
        subject={subject}
      />
      {hasTemperature ? (
        <Chart
          title="Temperature"
          data={temperature}
          lines={[{ label: 'CPU', color: '--series-5' }]}
          format={celsius}
          subject={subject}
        />
      ) : null}
    </section>
  );
}

function HostDetails({ hostId }: { hostId: string | null }) {
  const panel = usePanel();
  const { reading } = useResource(
    { document: HostDetailsDocument, variables: { hostId }, everyMs: 60_000 },
    panel.active,
  );
  const host = reading.value.value?.host;
  const gauge = useGauge(HostLiveDocument, { hostId }, panel.active).value;
  const live = gauge.value?.systemMetrics;
  const packets = packetRates(gauge.previous?.systemMetrics, live);
  return (
    <Panel panel={panel} title={`About ${host?.hostId ?? 'the host'}`} reading={reading.value}>
      <dl class="figures">
        <Figure label="Hostname">{host?.hostname ?? '–'}</Figure>
        <Figure label="System">{host?.os ?? '–'}</Figure>
        <Figure label="Kernel">{host?.kernel ?? '–'}</Figure>
        <Figure label="Processor">{host?.cpuModel ?? '–'}</Figure>
        <Figure label="Cores">
          {count(host?.coreCount)} × {host?.arch ?? '–'}
        </Figure>
        <Figure label="Memory">{bytes(host?.memoryTotalBytes)}</Figure>
        <Figure label="Swap">
          {bytes(live?.memory.swapUsedBytes)} of {bytes(live?.memory.swapTotalBytes)}
        </Figure>
        <Figure label="Load 1, 5, 15 min">
          {[live?.cpu.loadAverage1m, live?.cpu.loadAverage5m, live?.cpu.loadAverage15m]
            .map((load) => load?.toFixed(2) ?? '–')
            .join('  ')}
        </Figure>
        <Figure label="Disk measured at">{live?.disk.path ?? '–'}</Figure>
        <Figure label="Packets">
          {perSecond(packets.in)} in, {perSecond(packets.out)} out
        </Figure>
        <Figure label="Network errors since start">
          {count(live?.network.receiveErrorCount)} in, {count(live?.network.sendErrorCount)} out
        </Figure>
        <Figure label="Reported by">{host?.reportedBy ?? 'this server'}</Figure>
      </dl>
    </Panel>
  );
}

function packetRates(before: HostSampleFragment | undefined, now: HostSampleFragment | undefined) {
  if (before === undefined || now === undefined) return { in: null, out: null };
  const ms = elapsedMs(before, now);
  return {
    in: rate(before.network.receivedPacketCount, now.network.receivedPacketCount, ms),
    out: rate(before.network.sentPacketCount, now.network.sentPacketCount, ms),
  };
}
