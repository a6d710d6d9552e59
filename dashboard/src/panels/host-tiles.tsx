import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { HostLiveDocument } from '../documents.generated.ts';
import { Spark } from '../charts/spark.tsx';
import { useLines } from '../data/chart-source.ts';
import { bytes, bytesPerSecond, calendarTime, celsius, duration, percent } from '../data/format.ts';
import { useGauge } from '../data/gauge.ts';
import type { Columns } from '../data/series.ts';
import { levelOfPercent, Meter } from '../ui/meter.tsx';
import { Age, Panel, usePanel } from '../ui/panel.tsx';
import { hostLine, useHostSeries } from './host-series.ts';

/** The numbers of a host that say how it is, each with its line. */
export function HostTiles({ hostId }: { hostId: string | null }) {
  const panel = usePanel();
  const reading = useGauge(HostLiveDocument, { hostId }, panel.active);
  const series = useHostSeries(hostId, panel.active);
  const rates = useLines(series, hostLine.received, hostLine.sent);
  const columns = useComputed(() => series.value.columns).value;
  const now = reading.value.value?.systemMetrics;
  const last = (line: number): number | null => rates.value.columns[line + 1]?.at(-1) ?? null;
  const load = now?.cpu.loadAverage1m;
  if (now === undefined && reading.value.errors.length > 0)
    return (
      <section class="tiles-missing" ref={panel.ref}>
        <Panel title="This host" reading={reading.value} />
      </section>
    );
  return (
    <section class="tiles" ref={panel.ref} aria-label="This host">
      <Tile
        label="CPU"
        columns={columns}
        line={hostLine.cpu}
        max={100}
        percent={now?.cpu.usedPercent}
        age={<Age reading={reading.value} />}
      >
        <strong>{percent(now?.cpu.usedPercent)}</strong>
        <small>
          load {load?.toFixed(2) ?? '–'} on {now?.cpu.coreCount ?? '–'} cores
        </small>
      </Tile>
      <Tile
        label="Memory"
        columns={columns}
        line={hostLine.memory}
        max={100}
        color="--series-2"
        percent={now?.memory.usedPercent}
      >
        <strong>{percent(now?.memory.usedPercent)}</strong>
        <small>
          {bytes(now?.memory.usedBytes)} of {bytes(now?.memory.totalBytes)}
        </small>
      </Tile>
      <Tile
        label="Disk"
        columns={columns}
        line={hostLine.disk}
        max={100}
        color="--series-3"
        percent={now?.disk.usedPercent}
      >
        <strong>{percent(now?.disk.usedPercent)}</strong>
        <small>
          {bytes(now?.disk.usedBytes)} of {bytes(now?.disk.totalBytes)}
        </small>
      </Tile>
      <Tile label="Disk I/O" columns={columns} line={hostLine.diskWrite} color="--series-3">
        <strong>{bytesPerSecond(now?.disk.writeBytesPerSecond)}</strong>
        <small>written; {bytesPerSecond(now?.disk.readBytesPerSecond)} read</small>
      </Tile>
      <Tile label="Network" columns={columns} line={hostLine.received} color="--series-4">
        <strong>{bytesPerSecond(last(0))}</strong>
        <small>in; {bytesPerSecond(last(1))} out</small>
      </Tile>
      {now?.temperature.cpuC == null ? (
        <Tile label="Uptime" columns={[[], []]} line={0}>
          <strong>{duration(now?.uptimeMs)}</strong>
          <small>
            {now == null || now.uptimeMs === null
              ? ''
              : `since ${calendarTime(Date.parse(now.sampledAt) - now.uptimeMs)}`}
          </small>
        </Tile>
      ) : (
        <Tile label="Temperature" columns={columns} line={hostLine.temperature} color="--series-5">
          <strong>{celsius(now.temperature.cpuC)}</strong>
          <small>up {duration(now.uptimeMs)}</small>
        </Tile>
      )}
    </section>
  );
}

interface TileProps {
  readonly label: string;
  readonly columns: Columns;
  readonly line: number;
  readonly max?: number;
  readonly color?: string;
  readonly percent?: number | null | undefined;
  readonly age?: ComponentChildren;
  readonly children: ComponentChildren;
}

function Tile({ label, columns, line, max, color, percent: share, age, children }: TileProps) {
  return (
    <div class="tile">
      <header>
        <h2>{label}</h2>
        {age}
      </header>
      <p>{children}</p>
      <Spark
        columns={columns}
        line={line}
        {...(max === undefined ? {} : { max })}
        {...(color === undefined ? {} : { color })}
      />
      {share === undefined ? null : <Meter percent={share} level={levelOfPercent(share)} />}
    </div>
  );
}
