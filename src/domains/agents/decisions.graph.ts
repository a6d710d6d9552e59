import { builder } from '../../graph/builder.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { decisionList, toDecision, type DecisionRecord } from './decisions.store.ts';

export const Decision = builder.objectRef<DecisionRecord>('Decision').implement({
  description: 'What an agent decided. Source: `agentDecision` and `decisionOutcome` of producers.',
  fields: (t) => ({
    id: t.exposeID('decisionId', { description: 'As reported; else made by the server.' }),
    agentId: t.exposeID('agentId', { description: 'Who decided.' }),
    at: t.expose('occurredAt', { type: 'DateTime', description: 'When.' }),
    actionType: t.exposeString('actionType', { description: 'What kind of thing it decided to do.' }),
    parameters: t.expose('parameters', { type: 'JSON', description: 'An object: with what.' }),
    rationale: t.exposeString('rationale', { nullable: true, description: 'Why.' }),
    confidenceScore: t.exposeFloat('confidenceScore', {
      nullable: true,
      description: 'How sure it was, 0 to 1.',
    }),
    expectedOutcome: t.expose('expectedOutcome', {
      type: 'JSON',
      description: 'An object: what it expected of it.',
    }),
    success: t.exposeBoolean('success', {
      nullable: true,
      description: 'Whether it went well; null while that is not known.',
    }),
    responseTimeSeconds: t.exposeFloat('responseTimeSeconds', {
      nullable: true,
      description: 'Seconds it took.',
    }),
  }),
});

keysetConnection('decisions', {
  name: 'Decision',
  type: Decision,
  list: decisionList,
  node: toDecision,
  description:
    'Decisions with what is known of their outcomes by now, newest first (by the time they name, then by their ' +
    'position). Paged by keyset. Source: the table decisions, kept RETENTION_DAYS.',
  page: 'A page of decisions.',
  edge: 'A decision and its place in the list.',
  totalCount: 'All stored decisions, of the agent if one is named.',
  args: (t) => ({ agentId: t.id({ description: 'Only of this agent; of an unknown one there are none.' }) }),
  filter: ({ agentId = null }) => ({ agentId }),
});
