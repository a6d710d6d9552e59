import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import {
  ChosenMetricsDocument,
  MetricHistoryDocument,
  MetricLiveDocument,
  MetricsDocument,
} from '../documents.generated.ts';
import type { MetricSummaryFragment } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { useChartSource, useJoined } from '../data/chart-source.ts';
import { age } from '../data/format.ts';
import { nodesOf } from '../data/lists.ts';
import { go, parameter } from '../data/location.ts';
import { msSince } from '../data/overall.ts';
import { elapsedMs, rate } from '../data/rate.ts';
import { useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';
import { chartsOf, unitOf, type MetricChart } from './metric-charts.ts';

const given = parameter('series');
const chosenMax = 20;
const listedMax = 200;
const listEveryMs = 5_000;
/** After the last key, so that not each letter is a query. */
const searchAfterMs = 250;

/** Metrics that people report themselves: a list of the series, and charts of those that the address names. */
export function MetricsView() {
  const panel = usePanel<HTMLDivElement>();
  const chosen = [...new Set((given.value ?? '').split(',').filter((id) => id !== ''))].slice(0, chosenMax);
  const { reading } = useResource(
    { document: ChosenMetricsDocument, variables: { seriesIds: chosen } },
    panel.active && chosen.length > 0,
  );
  const list = useList(panel.active);
  const known = new Map<string, MetricSummaryFragment>();
  for (const { metric } of reading.value.value?.metricHistory ?? []) known.set(metric.seriesId, metric);
  for (const metric of nodesOf(list.reading.value?.metrics)) known.set(metric.seriesId, metric);
  const shown = chosen.flatMap((id) => known.get(id) ?? []);
  const unknown = reading.value.value === null ? 0 : chosen.length - shown.length;
  return (
    <div class="view" ref={panel.ref}>
      {shown.length === 0 ? null : (
        <section class="charts" aria-label="Charts of metrics">
          {chartsOf(shown).map((chart) => (
            <SeriesChart key={chart.seriesIds.join()} chart={chart} active={panel.active} />
          ))}
        </section>
      )}
      {unknown === 0 ? null : (
        <p class="note">
          {unknown === 1 ? 'A series' : `${unknown} series`} of the address cannot be found:{' '}
          {unknown === 1 ? 'it has' : 'they have'} no retained value.
        </p>
      )}
      <SeriesList list={list} chosen={chosen} shown={shown} />
    </div>
  );
}

/** The series whose names or labels contain a text. */
function useList(active: boolean) {
  const text = useSignal('');
  const searched = useSignal('');
  useEffect(() => {
    const timer = setTimeout(() => (searched.value = text.value.trim()), searchAfterMs);
    return () => clearTimeout(timer);
  }, [text.value]);
  const { reading } = useResource(
    {
      document: MetricsDocument,
      variables: { first: listedMax, filter: searched.value === '' ? null : { text: searched.value } },
      everyMs: listEveryMs,
    },
    active,
  );
  // While the next text is searched, the series that were found before stay.
  const last = useRef(reading.value);
  if (reading.value.value !== null || reading.value.errors.length > 0) last.current = reading.value;
  return { text, searched: searched.value, reading: last.current };
}

interface ListProps {
  readonly list: ReturnType<typeof useList>;
  readonly chosen: readonly string[];
  readonly shown: readonly MetricSummaryFragment[];
}

function SeriesList({ list: { text, searched, reading }, chosen, shown }: ListProps) {
  const total = reading.value?.metrics?.totalCount ?? 0;
  const found = nodesOf(reading.value?.metrics).filter(({ seriesId }) => !chosen.includes(seriesId));
  const listed = [...shown, ...found];
  const more = total - nodesOf(reading.value?.metrics).length;
  return (
    <Panel
      title={searched === '' ? `Series: ${total}` : `Series found: ${total}`}
      reading={reading}
      extra={
        <>
          {chosen.length === 0 ? null : (
            <button type="button" onClick={() => go({ series: null })}>
              Clear charts
            </button>
          )}
          <input
            type="search"
            placeholder="Name or label"
            aria-label="Search series"
            maxLength={200}
            value={text.value}
            onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          />
        </>
      }
      empty={
        listed.length > 0 ? null : searched === '' ? <HowToReport /> : <p>No series contains this text.</p>
      }
    >
      <ul class="lines series">
        {listed.map((metric) => (
          <SeriesLine key={metric.seriesId} metric={metric} chosen={chosen} />
        ))}
      </ul>
      {more > 0 ? <p class="hint">{more} more. Search for a part of the name or of a label.</p> : null}
      {chosen.length >= chosenMax ? <p class="hint">At most {chosenMax} series are drawn.</p> : null}
    </Panel>
  );
}

function SeriesLine({ metric, chosen }: { metric: MetricSummaryFragment; chosen: readonly string[] }) {
  const { seriesId, series, kind, value, sampledAt } = metric;
  const isChosen = chosen.includes(seriesId);
  const { format, suffix } = unitOf(metric);
  function choose(): void {
    const next = isChosen ? chosen.filter((id) => id !== seriesId) : [...chosen, seriesId];
    go({ series: next.length === 0 ? null : next.join(',') }, { replace: true });
  }
  return (
    <li>
      <label class="name" title={series}>
        <input
          type="checkbox"
          checked={isChosen}
          disabled={!isChosen && chosen.length >= chosenMax}
          onChange={choose}
        />
        <span>
          <Breakable text={series} />
        </span>
      </label>
      <span>
        {format(value)} {suffix} {kind === 'COUNTER' ? 'in all' : ''}
      </span>
      <time dateTime={sampledAt}>{age(msSince(sampledAt))}</time>
    </li>
  );
}

/** A long text that may be broken before its labels, and not within them. */
function Breakable({ text }: { text: string }) {
  return (
    <>
      {text.split(/(?=\{)|(?<=",)/).map((part) => (
        <Fragment key={part}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </>
  );
}

function SeriesChart({ chart, active }: { chart: MetricChart; active: boolean }) {
  // The number of series of a chart is fixed, as its key consists of them.
  const data = useJoined(chart.seriesIds.map((id) => useSeries(id, chart.isRate, active)));
  const { title, lines, format, metricName } = chart;
  return <Chart title={title} data={data} lines={lines} format={format} subject={{ metricName }} />;
}

/** @param isRate whether the increase of the values per second is drawn, as for counters. */
function useSeries(seriesId: string, isRate: boolean, active: boolean) {
  return useChartSource(
    {
      lines: ['mean'],
      history: MetricHistoryDocument,
      historyArguments: { seriesIds: [seriesId], aggregate: isRate ? ('RATE' as const) : ('AVG' as const) },
      points: ({ metricHistory }) =>
        (metricHistory?.[0]?.points ?? []).flatMap(({ startsAt, value }) =>
          value === null ? [] : [{ atMs: Date.parse(startsAt), values: [value] }],
        ),
      gauge: MetricLiveDocument,
      gaugeArguments: { seriesIds: [seriesId] },
      point({ metricUpdates: now }, previous) {
        const atMs = Date.parse(now.sampledAt);
        if (!isRate) return { atMs, values: [now.value] };
        const before = previous?.metricUpdates;
        const increase = rate(before?.value, now.value, elapsedMs(before, now));
        return increase === null ? null : { atMs, values: [increase] };
      },
    },
    'metric',
    active,
  );
}

function HowToReport() {
  const address = new URL('publish', location.href.replace(/[?#].*$/, '')).href;
  const event = '{"events":[{"metric":{"name":"queue.length","value":17,"labels":{"queue":"mail"}}}]}';
  return (
    <>
      <p>No metric has a value of the last 24 hours. Report one:</p>
      <pre>
        <code>{`curl ${address} -H 'content-type: application/json' -d '${event}'`}</code>
      </pre>
      <p>
        The server also scrapes exporters of Prometheus (<code>SCRAPE_FILE</code>) and takes metrics of
        OpenTelemetry (<code>OTLP_METRICS=true</code>).
      </p>
    </>
  );
}
