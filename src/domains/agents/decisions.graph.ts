import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { builder } from '../../graph/builder.ts';
import { selects } from '../../graph/selects.ts';
import { countDecisions, readDecisions, type DecisionRecord } from './decisions.store.ts';
import { parsePlace, placeText } from './place.ts';

/** A decision as a list or an event shows it. */
export type ShownDecision = Omit<DecisionRecord, 'seq'>;

export const Decision = builder.objectRef<ShownDecision>('Decision').implement({
  description: 'What an agent decided. Source: `agentDecision` and `decisionOutcome` of producers.',
  fields: (t) => ({
    id: t.exposeID('decisionId', { description: 'As reported; else made by the server.' }),
    agentId: t.exposeID('agentId', { description: 'Who decided.' }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ occurredAt }) => occurredAt }),
    actionType: t.exposeString('actionType', { description: 'What kind of thing it decided to do.' }),
    parameters: t.field({
      type: 'JSON',
      description: 'An object: with what.',
      resolve: ({ parameters }) => parameters,
    }),
    rationale: t.exposeString('rationale', { nullable: true, description: 'Why.' }),
    confidenceScore: t.exposeFloat('confidenceScore', {
      nullable: true,
      description: 'How sure it was, 0 to 1.',
    }),
    expectedOutcome: t.field({
      type: 'JSON',
      description: 'An object: what it expected of it.',
      resolve: ({ expectedOutcome }) => expectedOutcome,
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

const pageMax = 1_000;

builder.queryField('decisions', (t) =>
  t.connection(
    {
      type: Decision,
      requires: 'read',
      description:
        'Decisions with what is known of their outcomes by now, newest first (by the time they name, then by their ' +
        'position). Paged by keyset. Source: the table decisions, kept RETENTION_DAYS.',
      args: { agentId: t.arg.id({ description: 'Only of this agent; of an unknown one there are none.' }) },
      resolve: async (_root, args, { db }, info) => {
        const agentId = args.agentId ?? null;
        const page = await resolveCursorConnection(
          { args, defaultSize: 100, maxSize: pageMax, toCursor: placeText },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readDecisions(db, {
              agentId,
              limit,
              newestFirst: !inverted,
              olderThan: parsePlace(after, 'after'),
              newerThan: parsePlace(before, 'before'),
            })),
          ],
        );
        return { ...page, totalCount: selects(info, 'totalCount') ? await countDecisions(db, agentId) : 0 };
      },
    },
    {
      name: 'DecisionConnection',
      description: 'A page of decisions.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All stored decisions, of the agent if one is named. Read only when asked for.',
          resolve: ({ totalCount }) => totalCount,
        }),
      }),
    },
    { name: 'DecisionEdge', description: 'A decision and its place in the list.' },
  ),
);
