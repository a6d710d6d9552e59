import { builder } from '../../graph/builder.ts';
import { exposedFields, id, json, nullable, string } from '../../graph/exposed-fields.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { decisionList, toDecision, type DecisionRecord } from './decisions.store.ts';

export const Decision = builder.objectRef<DecisionRecord>('Decision').implement({
  description: 'What an agent decided. Source: `agentDecision` and `decisionOutcome` of producers.',
  fields: (t) => ({
    ...exposedFields(t, {
      agentId: id('Who decided.'),
      actionType: string('What kind of thing it decided to do.'),
      parameters: json('An object: with what.'),
      rationale: nullable.string('Why.'),
      confidenceScore: nullable.float('How sure it was, 0 to 1.'),
      expectedOutcome: json('An object: what it expected of it.'),
      success: nullable.boolean('Whether it went well; null while that is not known.'),
      responseTimeSeconds: nullable.float('Seconds it took.'),
    }),
    id: t.exposeID('decisionId', { description: 'As reported; else made by the server.' }),
    at: t.expose('occurredAt', { type: 'DateTime', description: 'When.' }),
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
