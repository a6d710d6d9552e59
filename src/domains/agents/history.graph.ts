import { gaugeHistory, historyLink } from '../history/graph.ts';
import { Agent } from './agents.graph.ts';
import './rule-fields.graph.ts';

const agentHistory = gaugeHistory('agentHistory', {
  gauge: 'agent',
  type: 'AgentHistoryPoint',
  of: 'an agent',
  args: (t) => ({ agentId: t.id({ required: true, description: 'Identifies the agent.' }) }),
  subject: ({ agentId }) => agentId,
});

gaugeHistory('kpiHistory', { gauge: 'kpis', type: 'KpiHistoryPoint', of: 'the KPIs' });

historyLink(Agent, agentHistory, ({ agentId }) => agentId);
