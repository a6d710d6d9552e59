import { KpiHistoryDocument, KpiLiveDocument, KpiValuesDocument } from '../documents.generated.ts';
import type { KpiValuesQuery } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { useChartSource, useLines } from '../data/chart-source.ts';
import { compact, count, milliseconds, percent, ratio } from '../data/format.ts';
import { live, useResource } from '../data/resource.ts';
import { Figure } from '../ui/figure.tsx';
import { Panel } from '../ui/panel.tsx';

function useKpis(active: boolean) {
  return useResource(
    {
      document: KpiValuesDocument,
      variables: {},
      live: [
        live({
          document: KpiLiveDocument,
          variables: () => ({}),
          apply: (_data: KpiValuesQuery, { kpis }): KpiValuesQuery => ({ kpis }),
        }),
      ],
    },
    active,
  ).reading;
}

export function KpiFigures({ active, compact: isCompact = false }: { active: boolean; compact?: boolean }) {
  const reading = useKpis(active);
  const kpis = reading.value.value?.kpis;
  if (isCompact)
    return (
      <dl class="figures">
        <Figure label="Revenue">{compact(kpis?.totalRevenue)}</Figure>
        <Figure label="Profit">{compact(kpis?.totalProfit)}</Figure>
        <Figure label="Decisions/h">{count(kpis?.recentDecisionCount)}</Figure>
      </dl>
    );
  return (
    <Panel
      title="KPIs"
      reading={reading.value}
      empty={
        reading.value.value !== null && kpis?.totalRevenue == null ? (
          <p>
            No KPI was reported yet. Run <code>npm run demo</code>, or POST a <code>kpi</code> event to{' '}
            <code>/publish</code>.
          </p>
        ) : null
      }
    >
      <dl class="figures figures-large">
        <Figure label="Revenue">{compact(kpis?.totalRevenue)}</Figure>
        <Figure label="Profit">{compact(kpis?.totalProfit)}</Figure>
        <Figure label="Inventory turnover">{compact(kpis?.inventoryTurnover)}</Figure>
        <Figure label="Stockouts">{count(kpis?.stockoutIncidentCount)}</Figure>
        <Figure label="Waste reduction">{percent(kpis?.wasteReductionPercent)}</Figure>
        <Figure label="Price optimization">{ratio(kpis?.priceOptimizationScore)}</Figure>
        <Figure label="Promotions">{ratio(kpis?.promotionEffectiveness)}</Figure>
        <Figure label="Collaboration">{ratio(kpis?.agentCollaborationScore)}</Figure>
        <Figure label="Decisions">{count(kpis?.decisionCount)}</Figure>
        <Figure label="Response">{milliseconds(kpis?.avgResponseTimeMs)}</Figure>
      </dl>
    </Panel>
  );
}

export function KpiCharts({ active, only }: { active: boolean; only?: 'money' }) {
  const series = useChartSource(
    {
      lines: ['mean', 'mean', 'mean', 'mean'],
      history: KpiHistoryDocument,
      historyArguments: {},
      points: ({ kpiHistory }) =>
        (kpiHistory ?? []).map(
          ({ startsAt: at, totalRevenue, totalProfit, recentDecisionCount, avgResponseTimeMs }) => ({
            atMs: Date.parse(at),
            values: [totalRevenue, totalProfit, recentDecisionCount, avgResponseTimeMs].map(
              (value) => value?.avg ?? null,
            ),
          }),
        ),
      gauge: KpiLiveDocument,
      gaugeArguments: {},
      point: ({ kpis }) => ({
        atMs: Date.parse(kpis.sampledAt),
        values: [kpis.totalRevenue, kpis.totalProfit, kpis.recentDecisionCount, kpis.avgResponseTimeMs],
      }),
    },
    'kpis',
    active,
  );
  const money = useLines(series, 0, 1);
  const decisions = useLines(series, 2);
  const revenue = (
    <Chart
      title="Revenue and profit"
      data={money}
      lines={[
        { label: 'revenue', color: '--series-1', fill: true },
        { label: 'profit', color: '--series-2' },
      ]}
      format={compact}
    />
  );
  if (only === 'money') return revenue;
  return (
    <section class="charts" aria-label="Charts of the KPIs">
      {revenue}
      <Chart
        title="Decisions in the last hour"
        data={decisions}
        lines={[{ label: 'decisions', color: '--series-3', fill: true }]}
        format={compact}
      />
    </section>
  );
}
