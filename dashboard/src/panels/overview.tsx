import { Chart } from '../charts/chart.tsx';
import { useLines } from '../data/chart-source.ts';
import { percent } from '../data/format.ts';
import { nodesOf } from '../data/lists.ts';
import { overall } from '../data/overall.ts';
import { usePanel } from '../ui/panel.tsx';
import { roomy } from '../ui/roomy.ts';
import { Activities } from './activity.tsx';
import { AgentsCard } from './agents.tsx';
import { AlertsCard } from './alerts.tsx';
import { AuditFeed } from './audit.tsx';
import { ConnectionsCard } from './connections.tsx';
import { DatabaseCard } from './database.tsx';
import { HostTiles } from './host-tiles.tsx';
import { hostLine, useHostSeries } from './host-series.ts';
import { Fleet, NetworkChart } from './hosts.tsx';
import { ModelsCard } from './models.tsx';
import { ProvidersCard } from './providers.tsx';
import { TrainingPanel } from './training.tsx';

/** Everything on one screen, the most important of it first. */
export function Overview() {
  const isFleet = nodesOf(overall.value.value?.hosts).length > 1;
  return (
    <div class={isFleet ? 'overview has-fleet' : 'overview'}>
      <HostTiles hostId={null} />
      <Load />
      <AlertsCard max={roomy.value ? 14 : 6} />
      {isFleet ? <Fleet compact /> : null}
      <DatabaseCard />
      <ModelsCard />
      <AgentsCard />
      <ProvidersCard />
      <TrainingPanel first={roomy.value ? 12 : 3} view="models" />
      <Activities first={roomy.value ? 24 : 12} view="activity" />
      <AuditFeed first={roomy.value ? 24 : 12} view="activity" />
      <ConnectionsCard />
    </div>
  );
}

function Load() {
  const panel = usePanel();
  const series = useHostSeries(null, panel.active);
  const load = useLines(series, hostLine.cpu, hostLine.cpuMax, hostLine.memory);
  const subject = { hostId: overall.value.value?.config?.hostId ?? '' };
  return (
    <section class="load" ref={panel.ref} aria-label="Load of this host">
      <Chart
        title="Load"
        data={load}
        lines={[
          { label: 'CPU', color: '--series-1' },
          { label: '', color: '--series-1', band: true },
          { label: 'memory', color: '--series-2' },
        ]}
        format={percent}
        max={100}
        subject={subject}
      />
      <NetworkChart series={series} subject={subject} />
    </section>
  );
}
