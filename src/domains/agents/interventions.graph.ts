import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { builder } from '../../graph/builder.ts';
import { AgentState } from './agents.graph.ts';
import type { InterventionRecord } from './interventions.store.ts';
import { readInterventions } from './interventions.store.ts';
import { pastOf } from './intervention.ts';
import { parsePlace, placeText } from './place.ts';

/** An intervention as a list, an event or the mutation shows it. */
export type ShownIntervention = Omit<InterventionRecord, 'seq'>;

export const InterventionActionType = builder.enumType('InterventionAction', {
  description: 'What an operator may do to an agent.',
  values: {
    PAUSE: { description: 'It is paused until it is resumed or reset, whatever it reports.' },
    RESUME: { description: 'It is no longer paused: its status is what it reports.' },
    RESET: { description: 'It is no longer paused, and what it was doing is forgotten.' },
    OVERRIDE: { description: 'It is told to do as the parameters say; its status stays.' },
  } as const,
});

export const Intervention = builder.objectRef<ShownIntervention>('Intervention').implement({
  description: 'What an operator did to an agent. Source: the mutation `intervene`.',
  fields: (t) => ({
    id: t.exposeID('interventionId', { description: 'Unique; the id of its event as well.' }),
    agentId: t.exposeID('agentId', { description: 'To whom.' }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ occurredAt }) => occurredAt }),
    action: t.field({ type: InterventionActionType, description: 'What.', resolve: ({ action }) => action }),
    parameters: t.field({
      type: 'JSON',
      description: 'An object: with what; empty without any.',
      resolve: ({ parameters }) => parameters,
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, as given.' }),
    previousStatus: t.field({
      type: AgentState,
      description: 'The status before.',
      resolve: ({ previousStatus }) => previousStatus,
    }),
    newStatus: t.field({
      type: AgentState,
      description: 'The status right after.',
      resolve: ({ newStatus }) => newStatus,
    }),
    actorId: t.exposeID('actorId', { description: 'Who did it; `anonymous` without a credential.' }),
    message: t.string({
      description: 'A sentence for people.',
      resolve: ({ action, agentId }) => `Successfully ${pastOf[action]} ${agentId}`,
    }),
  }),
});

const pageMax = 1_000;

builder.queryField('interventions', (t) =>
  t.connection(
    {
      type: Intervention,
      requires: 'read',
      description:
        'Interventions, newest first. Paged by keyset. Source: the table interventions, kept RETENTION_DAYS.',
      args: { agentId: t.arg.id({ description: 'Only to this agent; to an unknown one there are none.' }) },
      resolve: (_root, args, { db }) =>
        resolveCursorConnection(
          { args, defaultSize: 100, maxSize: pageMax, toCursor: placeText },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readInterventions(db, {
              agentId: args.agentId ?? null,
              limit,
              newestFirst: !inverted,
              olderThan: parsePlace(after, 'after'),
              newerThan: parsePlace(before, 'before'),
            })),
          ],
        ),
    },
    { name: 'InterventionConnection', description: 'A page of interventions.' },
    { name: 'InterventionEdge', description: 'An intervention and its place in the list.' },
  ),
);
