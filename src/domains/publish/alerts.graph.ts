import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import type { Draft } from '../../journal/topic.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { everyAgent, rosterSet } from '../agents/events.ts';
import { AlertLevelType } from '../alerts/alert.graph.ts';
import { ownSources, raisedAlert, systemEvents, type SystemEventPayload } from '../alerts/events.ts';

/** What producers tell of alerts. It stands here because agents raise alerts, and alerts name agents. */

const titleBounds = { chars: [1, 200] } as const;
const messageBounds = { chars: [1, 4_096] } as const;
const nameBounds = { chars: [1, 128] } as const;
const defaultSource = 'producer';
const isOwnSource = reservedNames(ownSources);

const common = {
  id: 'Idempotency key: a second event with it is accepted and not stored again.',
  at: 'When it happened. Default: now.',
  title: 'In a few words.',
  message: 'In a sentence.',
  source: `Who tells it, other than ${ownSources.map((name) => `\`${name}\``).join(' and ')}. Default: \`${defaultSource}\`.`,
  agentId: 'The agent concerned: one that is configured.',
} as const;

const AlertInput = builder.inputType('AlertInput', {
  description: 'An alert that a producer raises.',
  fields: (t) => ({
    id: t.id({ description: common.id }),
    at: t.field({ type: 'DateTime', description: common.at }),
    alertType: t.string({
      required: true,
      bounds: nameBounds,
      description: 'A word of the producer’s such as `disk_full`.',
    }),
    level: t.field({ type: AlertLevelType, required: true, description: 'How bad it is.' }),
    title: t.string({ required: true, bounds: titleBounds, description: common.title }),
    message: t.string({ required: true, bounds: messageBounds, description: common.message }),
    source: t.string({ bounds: nameBounds, description: common.source }),
    provider: t.string({ bounds: nameBounds, description: 'The provider concerned.' }),
    agentId: t.id({ description: common.agentId }),
    autoDismiss: t.boolean({
      description: 'Whether it is resolved by itself 60 seconds after it was raised. Default: false.',
    }),
    actions: t.stringList({
      bounds: { items: 10, ...titleBounds },
      description: 'What somebody might do.',
    }),
  }),
});

eventMember({
  name: 'alert',
  input: AlertInput,
  description: 'An alert.',
  draft: (fields, reported, context) => {
    const { alertType, level, title, message } = fields;
    const actions = fields.actions ?? [];
    return raisedAlert({
      ...reported,
      alertType,
      level,
      title,
      message,
      source: sourceOf(fields.source),
      provider: fields.provider ?? null,
      agentId: agentOf(fields.agentId, context),
      autoDismiss: fields.autoDismiss ?? false,
      actions,
    });
  },
});

const SystemEventInput = builder.inputType('SystemEventInput', {
  description: 'Something that a system tells its operators.',
  fields: (t) => ({
    id: t.id({ description: common.id }),
    at: t.field({ type: 'DateTime', description: common.at }),
    eventType: t.string({
      required: true,
      bounds: nameBounds,
      description: 'A word of the producer’s such as `deployment_started`.',
    }),
    title: t.string({ required: true, bounds: titleBounds, description: common.title }),
    message: t.string({ required: true, bounds: messageBounds, description: common.message }),
    severity: t.field({ type: AlertLevelType, description: 'How bad it is. Default: `INFO`.' }),
    source: t.string({ bounds: nameBounds, description: common.source }),
    agentId: t.id({ description: common.agentId }),
  }),
});

eventMember({
  name: 'systemEvent',
  input: SystemEventInput,
  description: 'Something that a system tells its operators.',
  draft: (fields, reported, context): Draft<SystemEventPayload> => {
    const { eventType, title, message } = fields;
    return {
      topic: systemEvents,
      key: eventType,
      type: 'systemEventReported',
      ...reported,
      payload: {
        eventType,
        severity: fields.severity ?? 'INFO',
        title,
        message,
        source: sourceOf(fields.source),
        agentId: agentOf(fields.agentId, context),
      },
    };
  },
});

function sourceOf(source: string | null | undefined): string {
  if (source === null || source === undefined) return defaultSource;
  return isOwnSource(source) ? refuse('source', `a name other than ${ownSources.join(' and ')}`) : source;
}

function agentOf(agentId: string | null | undefined, { journal }: GraphContext): string | null {
  if (agentId === null || agentId === undefined) return null;
  const agentIds = journal.gauges.newest(rosterSet, everyAgent)?.payload.agentIds ?? [];
  return agentIds.includes(agentId) ? agentId : refuse('agentId', `one of ${agentIds.join(', ')}`);
}
