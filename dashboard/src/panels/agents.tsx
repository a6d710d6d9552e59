import {
  AgentLiveDocument,
  AgentsDocument,
  DecisionLiveDocument,
  DecisionsDocument,
} from '../documents.generated.ts';
import type { AgentsQuery, DecisionsQuery } from '../documents.generated.ts';
import { age, count, milliseconds, percent, title, words } from '../data/format.ts';
import { nodesOf, upsert, upsertNodes } from '../data/lists.ts';
import { msSince, since } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';
import { Table } from '../ui/table.tsx';
import { roomy } from '../ui/roomy.ts';
import { levelOf, State, Status } from '../ui/state.tsx';
import { KpiCharts, KpiFigures } from './kpis.tsx';

function useAgents(active: boolean) {
  return useResource(
    {
      document: AgentsDocument,
      variables: {},
      live: [
        live({
          document: AgentLiveDocument,
          variables: () => ({}),
          apply: (data: AgentsQuery, { agentStatus }): AgentsQuery => ({
            agents: upsert(data.agents ?? [], [agentStatus], { key: ({ agentId }) => agentId, append: true }),
          }),
        }),
      ],
    },
    active,
  ).reading;
}

const noAgents = (
  <p>
    No agent has reported yet. Run <code>npm run demo</code>, or POST an <code>agentStatus</code> event to{' '}
    <code>/publish</code>.
  </p>
);

export function AgentsCard() {
  const panel = usePanel();
  const reading = useAgents(panel.active);
  const agents = reading.value.value?.agents ?? [];
  const hasReports = agents.some(({ reportedAt }) => reportedAt !== null);
  return (
    <Panel
      panel={panel}
      title="Agents & KPIs"
      view="agents"
      reading={reading.value}
      class="card"
      empty={reading.value.value !== null && !hasReports ? noAgents : null}
    >
      <KpiFigures active={panel.active} compact />
      <ul class="lines">
        {agents.slice(0, 4).map((agent) => (
          <li key={agent.agentId}>
            <State level={levelOf(agent.status)} label={words(agent.status)} />
            <span class="name">
              {agent.name} <small>{agent.currentActivity ?? words(agent.status)}</small>
            </span>
            <span>{percent(agent.successPercent)}</span>
          </li>
        ))}
      </ul>
      {roomy.value ? <KpiCharts active={panel.active} only="money" /> : null}
    </Panel>
  );
}

export function AgentsView() {
  const panel = usePanel<HTMLDivElement>();
  const reading = useAgents(panel.active);
  const agents = reading.value.value?.agents ?? [];
  return (
    <div class="view" ref={panel.ref}>
      <Panel
        title="Agents"
        reading={reading.value}
        empty={reading.value.value !== null && agents.length === 0 ? noAgents : null}
      >
        <Table
          caption="Agents"
          rows={agents}
          id={({ agentId }) => agentId}
          columns={[
            { title: 'Agent', cell: ({ name }) => name },
            { title: 'Status', cell: ({ status }) => <Status status={status} /> },
            { title: 'Activity', cell: ({ currentActivity }) => currentActivity ?? '–' },
            { title: 'Decisions', number: true, cell: ({ decisionCount }) => count(decisionCount) },
            { title: 'Successful', number: true, cell: ({ successPercent }) => percent(successPercent) },
            { title: 'Response', number: true, cell: ({ avgResponseTimeMs: ms }) => milliseconds(ms) },
            { title: 'Last decision', number: true, cell: ({ lastDecisionAt: at }) => since(at, '–') },
            { title: 'Report', number: true, cell: ({ reportedAt: at }) => since(at) },
          ]}
        />
      </Panel>
      <KpiFigures active={panel.active} />
      <KpiCharts active={panel.active} />
      <Decisions active={panel.active} />
    </div>
  );
}

const decisionsMax = 50;

function Decisions({ active }: { active: boolean }) {
  const { reading } = useResource(
    {
      document: DecisionsDocument,
      variables: { first: decisionsMax },
      live: [
        live({
          document: DecisionLiveDocument,
          variables: (data: DecisionsQuery) => ({ after: data.decisions?.liveCursor ?? null }),
          apply: (data, { agentEventBatches }): DecisionsQuery => ({
            decisions: {
              liveCursor: data.decisions?.liveCursor ?? '',
              ...upsertNodes(
                data.decisions,
                agentEventBatches.map((event) => ('decision' in event ? event.decision : null)),
                { key: ({ decisionId }) => decisionId, max: decisionsMax },
              ),
            },
          }),
        }),
      ],
    },
    active,
  );
  const decisions = nodesOf(reading.value.value?.decisions);
  return (
    <Panel
      title="Decisions"
      reading={reading.value}
      empty={decisions.length === 0 ? <p>No agent has made a decision yet.</p> : null}
    >
      <ul class="lines feed">
        {decisions.map((decision) => (
          <li key={decision.decisionId}>
            <State
              level={decision.success === null ? 'unknown' : decision.success ? 'ok' : 'critical'}
              label={
                decision.success === null ? 'outcome not known' : decision.success ? 'succeeded' : 'failed'
              }
            />
            <span class="name">
              {title(decision.actionType)} <small>{decision.agentId}</small>
              <span class="detail">{decision.rationale}</span>
            </span>
            <span>
              {decision.confidenceScore === null
                ? ''
                : `${Math.round(decision.confidenceScore * 100)} % confident`}
            </span>
            <time dateTime={decision.occurredAt}>{age(msSince(decision.occurredAt))}</time>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
