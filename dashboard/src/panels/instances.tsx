import { InstanceLiveDocument, InstancesDocument } from '../documents.generated.ts';
import type { InstancesQuery, InstanceSummaryFragment } from '../documents.generated.ts';
import { calendarTime, count, duration, words } from '../data/format.ts';
import { since } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Panel } from '../ui/panel.tsx';
import { State, Status } from '../ui/state.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { lagMax } from './lag.ts';

interface InstanceLine {
  readonly instance: InstanceSummaryFragment;
  /** Whether it is the one that answers this page. */
  readonly isOwn: boolean;
}

/** The processes of the server that share its database. Those that have died are listed for ten minutes. */
export function InstancesPanel({ active }: { active: boolean }) {
  const { reading } = useResource(
    {
      document: InstancesDocument,
      variables: {},
      live: [
        live({
          document: InstanceLiveDocument,
          variables: () => ({}),
          apply: (_data: InstancesQuery, { instances }): InstancesQuery => ({ instances }),
        }),
      ],
    },
    active,
  );
  const instances = reading.value.value?.instances ?? [];
  const serving = instances.filter(({ state }) => state !== 'GONE');
  const versions = new Set(serving.map(({ version }) => version));
  return (
    <Panel
      title={`Instances: ${serving.length}`}
      reading={reading.value}
      empty={
        instances.length === 0 ? (
          <p>No instance has reported yet. Each reports to the database every second.</p>
        ) : null
      }
    >
      <Table
        caption="Instances of the server"
        rows={instances.map((instance, index): InstanceLine => ({ instance, isOwn: index === 0 }))}
        id={({ instance }) => instance.instanceId}
        rowClass={({ instance }) => (instance.state === 'GONE' ? 'gone' : '')}
        columns={columns}
      />
      {versions.size > 1 ? (
        <p class="hint">The instances have different versions: {[...versions].toSorted().join(', ')}.</p>
      ) : null}
    </Panel>
  );
}

const columns: readonly Column<InstanceLine>[] = [
  {
    title: 'Instance',
    cell: ({ instance, isOwn }) => (
      <>
        <span title={`Process ${instance.instanceId}`}>{instance.hostId}</span>{' '}
        {isOwn ? <span class="tag">answers this page</span> : null}
      </>
    ),
  },
  { title: 'State', cell: ({ instance: { state } }) => <Status status={state} /> },
  { title: 'Version', cell: ({ instance }) => instance.version },
  {
    title: 'Up',
    number: true,
    cell: ({ instance: { state, startedAt, uptimeMs } }) => (
      <span title={`Started ${calendarTime(Date.parse(startedAt))}`}>
        {state === 'GONE' ? `was ${duration(uptimeMs)}` : duration(uptimeMs)}
      </span>
    ),
  },
  { title: 'WebSockets', number: true, cell: (line) => current(line, line.instance.connectionCount) },
  { title: 'Subscriptions', number: true, cell: (line) => current(line, line.instance.subscriptionCount) },
  {
    title: 'Events behind',
    number: true,
    cell: (line) => (
      <>
        {line.instance.state !== 'GONE' && line.instance.lagCount > lagMax ? (
          <State level="warning" label="behind" />
        ) : null}{' '}
        {current(line, line.instance.lagCount)}
      </>
    ),
  },
  {
    title: 'Learns by',
    cell: ({ instance: { state, news } }) =>
      state === 'GONE' ? (
        '–'
      ) : news === 'POLLING' ? (
        <span title="No news of the other instances arrive: their events are up to 250 ms late">
          <State level="warning" /> {words(news)}
        </span>
      ) : (
        words(news)
      ),
  },
  {
    title: 'Leases',
    class: 'leases',
    cell: ({ instance: { leases } }) => (leases.length === 0 ? 'none' : leases.join(', ')),
  },
  { title: 'Report', number: true, cell: ({ instance: { seenAt } }) => since(seenAt) },
];

/** What an instance that is gone had open is closed. */
function current({ instance: { state } }: InstanceLine, value: number): string {
  return state === 'GONE' ? '–' : count(value);
}
