import { HostDetailsDocument, HostLiveDocument } from '../documents.generated.ts';
import type { HostSummaryFragment } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { useLines } from '../data/chart-source.ts';
import { bytes, bytesPerSecond, celsius, count, duration, percent, age } from '../data/format.ts';
import { useGauge } from '../data/gauge.ts';
import { nodesOf } from '../data/lists.ts';
import { parameter } from '../data/location.ts';
import { msSince, overall } from '../data/overall.ts';
import { useResource } from '../data/resource.ts';
import { Figure } from '../ui/figure.tsx';
import { levelOfPercent, Meter } from '../ui/meter.tsx';
import { Panel, usePanel } from '../ui/panel.tsx';
import { levelOf, State } from '../ui/state.tsx';
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
  return (
    <Panel
      panel={panel}
      title={compact ? 'Hosts' : `Fleet: ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`}
      {...(compact ? { view: 'hosts' } : {})}
      reading={overall.value}
      fields={['hosts']}
      class="fleet"
    >
      <div class="scroll">
        <table>
          <caption class="hidden">Hosts with their newest samples</caption>
          <thead>
            <tr>
              <th>Host</th>
              <th>CPU</th>
              <th>Memory</th>
              <th>Disk</th>
              {compact ? null : (
                <>
                  <th class="number">Load</th>
                  <th class="number">Temperature</th>
                  <th class="number">Up</th>
                </>
              )}
              <th class="number">Sample</th>
            </tr>
          </thead>
          <tbody>
            {hosts.map((host, index) => (
              <HostRow
                key={host.hostId}
                host={host}
                active={panel.active && index < liveRowsMax}
                isShown={host.hostId === shown}
                compact={compact}
              />
            ))}
          </tbody>
        </table>
      </div>
      {compact || hosts.length > 1 ? null : (
        <p class="hint">
          To see another machine here, run on it: <code>npm run agent -- --to {location.origin}</code>
        </p>
      )}
    </Panel>
  );
}

function HostRow(props: { host: HostSummaryFragment; active: boolean; isShown: boolean; compact: boolean }) {
  const { host, active, isShown, compact } = props;
  const reading = useGauge(HostLiveDocument, { hostId: argumentFor(host.hostId) }, active);
  const sample = reading.value.value?.systemMetrics ?? host.systemMetrics;
  const isOffline = host.status === 'OFFLINE';
  const level = isOffline ? 'critical' : levelOf(sample?.health);
  const at = sample?.sampledAt ?? host.lastSampleAt;
  return (
    <tr aria-selected={isShown} class={isOffline ? 'gone' : ''}>
      <th scope="row">
        <State level={level} label={isOffline ? 'offline' : (sample?.health ?? 'unknown').toLowerCase()} />{' '}
        <ViewLink view="hosts" change={{ host: host.hostId }}>
          {host.hostname}
        </ViewLink>
      </th>
      {[sample?.cpu.usedPercent, sample?.memory.usedPercent, sample?.disk.usedPercent].map((share, index) => (
        <td key={index}>
          <span class="share">
            <Meter percent={share} level={levelOfPercent(share)} /> {percent(share)}
          </span>
        </td>
      ))}
      {compact ? null : (
        <>
          <td class="number">{sample?.cpu.loadAverage1m?.toFixed(2) ?? '–'}</td>
          <td class="number">{celsius(sample?.temperature.cpuC)}</td>
          <td class="number">{duration(sample?.uptimeMs)}</td>
        </>
      )}
      <td class="number">{at === null || at === undefined ? 'never' : age(msSince(at))}</td>
    </tr>
  );
}

export function HostCharts({ hostId }: { hostId: string | null }) {
  const panel = usePanel();
  const series = useHostSeries(hostId, panel.active);
  const cpu = useLines(series, hostLine.cpu, hostLine.cpuMax);
  const memory = useLines(series, hostLine.memory, hostLine.disk);
  const network = useLines(series, hostLine.received, hostLine.sent);
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
      <Chart
        title="Network"
        data={network}
        lines={[
          { label: 'in', color: '--series-4', fill: true },
          { label: 'out', color: '--series-1' },
        ]}
        format={bytesPerSecond}
        subject={subject}
      />
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
  const live = useGauge(HostLiveDocument, { hostId }, panel.active).value.value?.systemMetrics;
  return (
    <Panel panel={panel} title={`About ${host?.hostname ?? 'the host'}`} reading={reading.value}>
      <dl class="figures">
        <Figure label="System">{host?.os ?? '–'}</Figure>
        <Figure label="Kernel">{host?.kernel ?? '–'}</Figure>
        <Figure label="Processor">{host?.cpuModel ?? '–'}</Figure>
        <Figure label="Cores">
          {count(host?.cores)} × {host?.arch ?? '–'}
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
        <Figure label="Network errors">
          {count(live?.network.receiveErrors)} in, {count(live?.network.sendErrors)} out
        </Figure>
        <Figure label="Reported by">{host?.reportedBy ?? 'this server'}</Figure>
      </dl>
    </Panel>
  );
}
