import { connectionLink, nodeLink } from '../../graph/links.ts';
import { Alert, alerts } from '../alerts/alerts.graph.ts';
import { SystemEvent } from '../alerts/system-events.graph.ts';
import { Agent } from './agents.graph.ts';
import { Decision, decisions } from './decisions.graph.ts';
import { Intervention, interventions } from './interventions.graph.ts';

const to = Agent;

nodeLink(Decision, 'agent', {
  to,
  description: 'The agent that decided. Null if it is no longer configured.',
  key: ({ agentId }) => agentId,
});

nodeLink(Intervention, 'agent', {
  to,
  description: 'The agent concerned. Null if it is no longer configured.',
  key: ({ agentId }) => agentId,
});

nodeLink(Alert, 'agent', {
  to,
  description: 'The agent concerned. Null if there is none, or if it is no longer configured.',
  key: ({ agentId }) => agentId,
});

nodeLink(SystemEvent, 'relatedAgent', {
  to,
  description: 'The present state of the agent concerned. Null if there is none, or if it is unknown.',
  key: ({ payload }) => payload.agentId,
});

connectionLink(Agent, 'decisions', decisions, {
  description: 'The decisions of the agent, most recent first.',
  of: ({ agentId }) => ({ agentId }),
});

connectionLink(Agent, 'interventions', interventions, {
  description: 'The interventions with the agent, most recent first.',
  of: ({ agentId }) => ({ agentId }),
});

connectionLink(Agent, 'alerts', alerts, {
  description: 'The alerts that concern the agent, most recently raised first.',
  of: ({ agentId }) => ({ agentId }),
});
