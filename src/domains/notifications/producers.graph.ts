import { builder } from '../../graph/builder.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import { requireObject } from '../../graph/reported-values.ts';
import type { Draft } from '../../journal/topic.ts';
import { notificationEvents, notificationSent, type NotificationPayload } from './events.ts';
import { isLink, linkWords } from './link.ts';
import { NotificationCategoryType, NotificationPriorityType } from './notifications.graph.ts';

/** How producers notify somebody. */

const idBounds = { chars: [1, 256] } as const;
const titleBounds = { chars: [1, 200] } as const;

const NotificationActionInput = builder.inputType('NotificationActionInput', {
  description: 'What the reader of a notification may do next.',
  fields: (t) => ({
    label: t.string({
      required: true,
      bounds: titleBounds,
      description: 'What to write on the button.',
    }),
    url: t.string({
      required: true,
      bounds: { chars: [1, 2_048] },
      description: `Where it leads: ${linkWords}.`,
    }),
  }),
});

const NotificationInput = builder.inputType('NotificationInput', {
  description: 'Something to tell one user, or everybody.',
  fields: (t) => ({
    id: t.id({ description: 'Idempotency key: a second event with it is accepted and not stored again.' }),
    at: t.field({ type: 'DateTime', description: 'When it happened. Default: now.' }),
    notificationId: t.id({
      bounds: idBounds,
      description: 'As you name it. Default: the id of the event.',
    }),
    userId: t.id({
      bounds: idBounds,
      description: 'Whom to tell, by the subject of their credential. Default: everybody.',
    }),
    title: t.string({ required: true, bounds: titleBounds, description: 'In a few words.' }),
    message: t.string({ required: true, bounds: { chars: [1, 4_096] }, description: 'In a sentence.' }),
    category: t.field({ type: NotificationCategoryType, required: true, description: 'What it is about.' }),
    priority: t.field({
      type: NotificationPriorityType,
      required: true,
      description: 'How much it matters.',
    }),
    action: t.field({ type: NotificationActionInput, description: 'What to do next. Default: nothing.' }),
    metadata: t.field({
      type: 'JSON',
      bounds: { jsonChars: 16_384 },
      description: 'More: a JSON object. Default: empty.',
    }),
  }),
});

eventMember({
  name: 'notification',
  input: NotificationInput,
  description: 'Something to tell one user, or everybody.',
  draft: (fields, common): Draft<NotificationPayload> => {
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
        metadata: requireObject('metadata', fields.metadata ?? {}),
      },
    };
  },
});
