import {
  SourcesDocument,
  SubscriptionHistoryDocument,
  SubscriptionLiveDocument,
} from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { useChartSource } from '../data/chart-source.ts';
import { bytes, compact, count, milliseconds, perSecond, ratio, title, words } from '../data/format.ts';
import { useGauge } from '../data/gauge.ts';
import { since } from '../data/overall.ts';
import { elapsedMs, rowRates } from '../data/rate.ts';
import { useResource } from '../data/resource.ts';
import { Figure } from '../ui/figure.tsx';
import { Panel, usePanel } from '../ui/panel.tsx';
import { Table } from '../ui/table.tsx';
import { State } from '../ui/state.tsx';
import { lagMax } from './lag.ts';

const groupsShown = 100;

/** Who subscribes to what, and how far behind the slowest subscriber of each group is. */
export function SubscriptionsView() {
  const panel = usePanel<HTMLDivElement>();
  const reading = useGauge(SubscriptionLiveDocument, {}, panel.active);
  const series = useChartSource(
    {
      lines: ['max', 'max'],
      history: SubscriptionHistoryDocument,
      historyArguments: {},
      points: ({ subscriptionHistory }) =>
        (subscriptionHistory ?? []).map(({ startsAt: at, parkedCount: parked, waitingCount: waiting }) => ({
          atMs: Date.parse(at),
          values: [parked?.max ?? null, waiting?.max ?? null],
        })),
      gauge: SubscriptionLiveDocument,
      gaugeArguments: {},
      point: ({ subscriptions: now }) => ({
        atMs: Date.parse(now.sampledAt),
        values: [now.parkedCount, now.waitingCount],
      }),
    },
    'subscriptions',
    panel.active,
  );
  const now = reading.value.value?.subscriptions;
  const groups = (now?.groups ?? []).toSorted(
    (a, b) => b.lagCount - a.lagCount || b.subscriberCount - a.subscriberCount,
  );
  const before = reading.value.previous?.subscriptions;
  const rateOf = rowRates(groups, before?.groups, {
    id: ({ groupId }) => groupId,
    elapsedMs: now === undefined ? 0 : elapsedMs(before, now),
  });
  return (
    <div class="view" ref={panel.ref}>
      <Panel title="Subscriptions" reading={reading.value}>
        <dl class="figures figures-large">
          <Figure label="Subscribers">{count(now?.subscriberCount)}</Figure>
          <Figure label="Groups">{count(now?.groups.length)}</Figure>
          <Figure label="Connections parked">{count(now?.parkedCount)}</Figure>
          <Figure label="Handshakes waiting">{count(now?.waitingCount)}</Figure>
          <Figure label="Cached messages">{bytes(now?.cachedBytes)}</Figure>
          {(now?.ends ?? []).map(({ reason, subscriptionCount: ends }) => (
            <Figure key={reason} label={`${title(reason)} since start`}>
              {compact(ends)}
            </Figure>
          ))}
        </dl>
        <Table
          caption="Groups of equal subscriptions"
          rows={groups.slice(0, groupsShown)}
          id={({ groupId }) => groupId}
          columns={[
            { title: 'Field', cell: ({ field }) => field },
            { title: 'Delivery', cell: ({ delivery }) => words(delivery) },
            { title: 'Encoding', cell: ({ encoding }) => encoding },
            { title: 'Subscribers', number: true, cell: ({ subscriberCount }) => count(subscriberCount) },
            {
              title: 'Lag',
              number: true,
              cell: ({ lagCount }) => (
                <>
                  {lagCount > lagMax ? <State level="warning" label="behind" /> : null} {count(lagCount)}
                </>
              ),
            },
            { title: 'Reading the database', number: true, cell: (group) => count(group.catchingUpCount) },
            {
              title: 'Skipped',
              number: true,
              cell: (group) => perSecond(rateOf(group, ({ skippedCount }) => skippedCount)),
            },
            {
              title: 'Executed',
              number: true,
              cell: (group) => perSecond(rateOf(group, ({ executionCount }) => executionCount)),
            },
          ]}
        />
      </Panel>
      <section class="charts" aria-label="Charts of the subscriptions">
        <Chart
          title="Waiting"
          data={series}
          lines={[
            { label: 'connections parked', color: '--series-3' },
            { label: 'handshakes', color: '--series-1' },
          ]}
          format={compact}
        />
      </section>
      <Sources active={panel.active} />
    </div>
  );
}

function Sources({ active }: { active: boolean }) {
  const { reading } = useResource({ document: SourcesDocument, variables: {}, everyMs: 5_000 }, active);
  const sources = reading.value.value?.sources ?? [];
  return (
    <Panel title="Sources" reading={reading.value}>
      <Table
        caption="Sources of samples"
        rows={sources}
        id={({ name }) => name}
        columns={[
          {
            title: 'Source',
            cell: ({ name, failing }) => (
              <>
                <State
                  level={failing === null ? 'unknown' : failing ? 'critical' : 'ok'}
                  label={failing === true ? 'failing' : 'working'}
                />{' '}
                {name}
              </>
            ),
          },
          {
            title: 'Every',
            number: true,
            cell: ({ paceMs }) => (paceMs === null ? 'idle' : milliseconds(paceMs)),
          },
          { title: 'Took', number: true, cell: ({ lastDurationMs }) => milliseconds(lastDurationMs) },
          { title: 'Failures since start', number: true, cell: ({ failureCount }) => compact(failureCount) },
          { title: 'Successful', number: true, cell: ({ successRatio }) => ratio(successRatio) },
          { title: 'Last', number: true, cell: ({ lastSuccessAt }) => since(lastSuccessAt) },
        ]}
      />
    </Panel>
  );
}
