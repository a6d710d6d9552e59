import {
  SourcesDocument,
  SubscriptionHistoryDocument,
  SubscriptionLiveDocument,
} from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { useChartSource } from '../data/chart-source.ts';
import { ago, bytes, compact, count, milliseconds, ratio, words } from '../data/format.ts';
import { useGauge } from '../data/gauge.ts';
import { msSince } from '../data/overall.ts';
import { useResource } from '../data/resource.ts';
import { Figure } from '../ui/figure.tsx';
import { Panel, usePanel } from '../ui/panel.tsx';
import { State } from '../ui/state.tsx';

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
    (a, b) => b.lag - a.lag || b.subscriberCount - a.subscriberCount,
  );
  return (
    <div class="view" ref={panel.ref}>
      <Panel title="Subscriptions" reading={reading.value}>
        <dl class="figures figures-large">
          <Figure label="Subscribers">{count(now?.subscriberCount)}</Figure>
          <Figure label="Groups">{count(now?.groups.length)}</Figure>
          <Figure label="Connections parked">{count(now?.parkedCount)}</Figure>
          <Figure label="Handshakes waiting">{count(now?.waitingCount)}</Figure>
          <Figure label="Cached messages">{bytes(now?.cachedBytes)}</Figure>
          {(now?.ends ?? []).map(({ reason, count: ends }) => (
            <Figure key={reason} label={`Ended: ${words(reason)}`}>
              {compact(ends)}
            </Figure>
          ))}
        </dl>
        <div class="scroll">
          <table>
            <caption class="hidden">Groups of equal subscriptions</caption>
            <thead>
              <tr>
                <th>Field</th>
                <th>Delivery</th>
                <th>Encoding</th>
                <th class="number">Subscribers</th>
                <th class="number">Lag</th>
                <th class="number">Reading the database</th>
                <th class="number">Skipped</th>
                <th class="number">Executed</th>
              </tr>
            </thead>
            <tbody>
              {groups.slice(0, groupsShown).map((group) => (
                <tr key={group.groupId}>
                  <th scope="row">{group.field}</th>
                  <td>{words(group.delivery)}</td>
                  <td>{group.encoding}</td>
                  <td class="number">{count(group.subscriberCount)}</td>
                  <td class="number">
                    {group.lag > 100 ? <State level="warning" label="behind" /> : null} {count(group.lag)}
                  </td>
                  <td class="number">{count(group.catchingUpCount)}</td>
                  <td class="number">{compact(group.skippedCount)}</td>
                  <td class="number">{compact(group.executionCount)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
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
      <div class="scroll">
        <table>
          <caption class="hidden">Sources of samples</caption>
          <thead>
            <tr>
              <th>Source</th>
              <th class="number">Every</th>
              <th class="number">Took</th>
              <th class="number">Samples</th>
              <th class="number">Failures</th>
              <th class="number">Successful</th>
              <th class="number">Last</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source.name}>
                <th scope="row">
                  <State
                    level={source.failing === null ? 'unknown' : source.failing ? 'critical' : 'ok'}
                    label={source.failing === true ? 'failing' : 'working'}
                  />{' '}
                  {source.name}
                </th>
                <td class="number">{source.paceMs === null ? 'idle' : milliseconds(source.paceMs)}</td>
                <td class="number">{milliseconds(source.lastDurationMs)}</td>
                <td class="number">{compact(source.sampleCount)}</td>
                <td class="number">{compact(source.failureCount)}</td>
                <td class="number">{ratio(source.successRatio)}</td>
                <td class="number">
                  {source.lastSuccessAt === null ? 'never' : ago(msSince(source.lastSuccessAt))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
