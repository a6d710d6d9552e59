import { builder } from '../../graph/builder.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import { requireFilled } from '../../graph/reported-values.ts';
import type { Draft } from '../../journal/topic.ts';
import { notificationEvents, notificationSent, type NotificationPayload } from './events.ts';
import { isLink, linkWords } from './link.ts';
import { NotificationCategoryType, NotificationPriorityType } from './notifications.graph.ts';

/** How producers notify somebody. */

const idCharsMax = 256;
const titleCharsMax = 200;
const messageCharsMax = 4_096;
const labelCharsMax = 200;
const metadataCharsMax = 16_384;

const metadataWords = `a JSON object of at most ${metadataCharsMax} characters`;

const NotificationActionInput = builder.inputType('NotificationActionInput', {
  description: 'What the reader of a notification may do next.',
  fields: (t) => ({
    label: t.string({
      required: true,
      description: `What to write on the button, 1 to ${labelCharsMax} characters.`,
    }),
    url: t.string({ required: true, description: `Where it leads: ${linkWords}.` }),
  }),
});

const NotificationInput = builder.inputType('NotificationInput', {
  description: 'Something to tell one user, or everybody.',
  fields: (t) => ({
    id: t.id({ description: 'Idempotency key: a second event with it is accepted and not stored again.' }),
    at: t.field({ type: 'DateTime', description: 'When it happened. Default: now.' }),
    notificationId: t.id({
      description: `As you name it, 1 to ${idCharsMax} characters. Default: the id of the event.`,
    }),
    userId: t.id({
      description: `Whom to tell, by the subject of their credential, 1 to ${idCharsMax} characters. Default: everybody.`,
    }),
    title: t.string({ required: true, description: `In a few words, 1 to ${titleCharsMax} characters.` }),
    message: t.string({ required: true, description: `In a sentence, 1 to ${messageCharsMax} characters.` }),
    category: t.field({ type: NotificationCategoryType, required: true, description: 'What it is about.' }),
    priority: t.field({
      type: NotificationPriorityType,
      required: true,
      description: 'How much it matters.',
    }),
    action: t.field({ type: NotificationActionInput, description: 'What to do next. Default: nothing.' }),
    metadata: t.field({ type: 'JSON', description: `More: ${metadataWords}. Default: empty.` }),
  }),
});

eventMember({
  name: 'notification',
  input: NotificationInput,
  description: 'Something to tell one user, or everybody.',
  draft: (fields, common): Draft<NotificationPayload> => {
    requireFilled('notificationId', fields.notificationId, idCharsMax);
    requireFilled('userId', fields.userId, idCharsMax);
    requireFilled('title', fields.title, titleCharsMax);
    requireFilled('message', fields.message, messageCharsMax);
    requireFilled('action.label', fields.action?.label, labelCharsMax);
    if (fields.action && !isLink(fields.action.url)) refuse('action.url', linkWords);
    return {
      topic: notificationEvents,
      key: fields.userId ?? '',
      type: notificationSent,
      ...common,
      payload: {
        notificationId: fields.notificationId ?? null,
        userId: fields.userId ?? null,
        title: fields.title,
        message: fields.message,
        category: fields.category,
        priority: fields.priority,
        action: fields.action ? { label: fields.action.label, url: fields.action.url } : null,
        metadata: objectOf(fields.metadata ?? {}),
      },
    };
  },
});

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || JSON.stringify(value).length > metadataCharsMax) refuse('metadata', metadataWords);
  return value as Readonly<Record<string, unknown>>;
}
