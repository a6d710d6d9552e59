import type { GraphContext } from '../../graph/context.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { configuredAgent, refuse } from '../../graph/reported-values.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { AlertLevelType } from './alerts.graph.ts';
import { alertEvents, ownSources, raisedAlert, systemEvents } from './events.ts';

const titleBounds = { chars: [1, 200] } as const;
const messageBounds = { chars: [1, 4_096] } as const;
const nameBounds = { chars: [1, 128] } as const;
const defaultSource = 'producer';
const isOwnSource = reservedNames(ownSources);

const said = {
  title: 'In a few words.',
  message: 'In a sentence.',
  source: `Who tells it, other than ${ownSources.map((name) => `\`${name}\``).join(' and ')}. Default: \`${defaultSource}\`.`,
  agentId: 'The agent concerned: one that is configured.',
} as const;

producerEvent('alert', {
  description: 'An alert.',
  inputDescription: 'An alert that a producer raises.',
  topic: alertEvents,
  type: 'alertRaised',
  fields: (t) => ({
    alertType: t.string({
      required: true,
      bounds: nameBounds,
      description: 'A word of the producer’s such as `disk_full`.',
    }),
    level: t.field({ type: AlertLevelType, required: true, description: 'How bad it is.' }),
    title: t.string({ required: true, bounds: titleBounds, description: said.title }),
    message: t.string({ required: true, bounds: messageBounds, description: said.message }),
    source: t.string({ bounds: nameBounds, description: said.source }),
    provider: t.string({ bounds: nameBounds, description: 'The provider concerned.' }),
    agentId: t.id({ description: said.agentId }),
    autoDismiss: t.boolean({
      description: 'Whether it is resolved by itself 60 seconds after it was raised. Default: false.',
    }),
    actions: t.stringList({
      bounds: { items: 10, ...titleBounds },
      description: 'What somebody might do.',
    }),
  }),
  draft: ({ source, agentId, autoDismiss, actions, ...fields }, context) =>
    raisedAlert({
      ...fields,
      source: sourceOf(source),
      agentId: agentOf(agentId, context),
      autoDismiss: autoDismiss ?? false,
      actions: actions ?? [],
    }),
});

producerEvent('systemEvent', {
  description: 'Something that a system tells its operators.',
  topic: systemEvents,
  type: 'systemEventReported',
  fields: (t) => ({
    eventType: t.string({
      required: true,
      bounds: nameBounds,
      description: 'A word of the producer’s such as `deployment_started`.',
    }),
    title: t.string({ required: true, bounds: titleBounds, description: said.title }),
    message: t.string({ required: true, bounds: messageBounds, description: said.message }),
    severity: t.field({ type: AlertLevelType, description: 'How bad it is. Default: `INFO`.' }),
    source: t.string({ bounds: nameBounds, description: said.source }),
    agentId: t.id({ description: said.agentId }),
  }),
  draft: (fields, context) => ({
    key: fields.eventType,
    payload: {
      ...fields,
      severity: fields.severity ?? 'INFO',
      source: sourceOf(fields.source),
      agentId: agentOf(fields.agentId, context),
    },
  }),
});

function sourceOf(source: string | null): string {
  if (source === null) return defaultSource;
  return isOwnSource(source) ? refuse('source', `a name other than ${ownSources.join(' and ')}`) : source;
}

function agentOf(agentId: string | null, context: GraphContext): string | null {
  return agentId === null ? null : configuredAgent(agentId, context);
}
