import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import { requireFilled } from '../../graph/reported-values.ts';
import type { Draft } from '../../journal/topic.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { everyAgent, rosterSet } from '../agents/events.ts';
import { AlertLevelType } from '../alerts/alert.graph.ts';
import { ownSources, raisedAlert, systemEvents, type SystemEventPayload } from '../alerts/events.ts';

/** What producers tell of alerts. It stands here because agents raise alerts, and alerts name agents. */

const titleCharsMax = 200;
const messageCharsMax = 4_096;
const nameCharsMax = 128;
const actionsMax = 10;
const defaultSource = 'producer';
const isOwnSource = reservedNames(ownSources);

const common = {
  id: 'Idempotency key: a second event with it is accepted and not stored again.',
  at: 'When it happened. Default: now.',
  title: `In a few words, 1 to ${titleCharsMax} characters.`,
  message: `In a sentence, 1 to ${messageCharsMax} characters.`,
  source: `Who tells it, 1 to ${nameCharsMax} characters, other than ${ownSources.map((name) => `\`${name}\``).join(' and ')}. Default: \`${defaultSource}\`.`,
  agentId: 'The agent concerned: one that is configured.',
} as const;

const AlertInput = builder.inputType('AlertInput', {
  description: 'An alert that a producer raises.',
  fields: (t) => ({
    id: t.id({ description: common.id }),
    at: t.field({ type: 'DateTime', description: common.at }),
    alertType: t.string({
      required: true,
      description: `A word of the producer’s such as \`disk_full\`, 1 to ${nameCharsMax} characters.`,
    }),
    level: t.field({ type: AlertLevelType, required: true, description: 'How bad it is.' }),
    title: t.string({ required: true, description: common.title }),
    message: t.string({ required: true, description: common.message }),
    source: t.string({ description: common.source }),
    provider: t.string({ description: `The provider concerned, 1 to ${nameCharsMax} characters.` }),
    agentId: t.id({ description: common.agentId }),
    autoDismiss: t.boolean({
      description: 'Whether it is resolved by itself 60 seconds after it was raised. Default: false.',
    }),
    actions: t.stringList({
      description: `What somebody might do: at most ${actionsMax} texts of 1 to ${titleCharsMax} characters.`,
    }),
  }),
});

eventMember({
  name: 'alert',
  input: AlertInput,
  description: 'An alert.',
  draft: (fields, reported, context) => {
    const { alertType, level, title, message } = fields;
    requireFilled('alertType', alertType, nameCharsMax);
    requireFilled('title', title, titleCharsMax);
    requireFilled('message', message, messageCharsMax);
    requireFilled('provider', fields.provider, nameCharsMax);
    const actions = fields.actions ?? [];
    if (actions.length > actionsMax) refuse('actions', `at most ${actionsMax} texts`);
    for (const [index, action] of actions.entries())
      requireFilled(`actions[${index}]`, action, titleCharsMax);
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
      description: `A word of the producer’s such as \`deployment_started\`, 1 to ${nameCharsMax} characters.`,
    }),
    title: t.string({ required: true, description: common.title }),
    message: t.string({ required: true, description: common.message }),
    severity: t.field({ type: AlertLevelType, description: 'How bad it is. Default: `INFO`.' }),
    source: t.string({ description: common.source }),
    agentId: t.id({ description: common.agentId }),
  }),
});

eventMember({
  name: 'systemEvent',
  input: SystemEventInput,
  description: 'Something that a system tells its operators.',
  draft: (fields, reported, context): Draft<SystemEventPayload> => {
    const { eventType, title, message } = fields;
    requireFilled('eventType', eventType, nameCharsMax);
    requireFilled('title', title, titleCharsMax);
    requireFilled('message', message, messageCharsMax);
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
  requireFilled('source', source, nameCharsMax);
  return isOwnSource(source) ? refuse('source', `a name other than ${ownSources.join(' and ')}`) : source;
}

function agentOf(agentId: string | null | undefined, { journal }: GraphContext): string | null {
  if (agentId === null || agentId === undefined) return null;
  const agentIds = journal.gauges.newest(rosterSet, everyAgent)?.payload.agentIds ?? [];
  return agentIds.includes(agentId) ? agentId : refuse('agentId', `one of ${agentIds.join(', ')}`);
}
