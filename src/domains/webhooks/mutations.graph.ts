import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { exposedType, of, string } from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import type { InputFieldBuilder } from '../../graph/producer-event.ts';
import { SeverityType } from '../../graph/severity.ts';
import { isStorable } from '../../lib/storable.ts';
import { timeOrderedId } from '../../lib/time-ordered-id.ts';
import { ownAudit, type OwnAuditType } from '../governance/events.ts';
import { isWebhookUrl, urlRule } from './address.ts';
import { webhookPolicy, webhookPolicyKey } from './events.ts';
import { Webhook, WebhookDelivery, WebhookEventType, webhookTexts } from './graph.ts';
import { createSecret } from './signature.ts';
import {
  cancelDeliveries,
  countWebhooks,
  deleteWebhook,
  insertDelivery,
  insertWebhook,
  storeSecret,
  toWebhook,
  updateWebhook,
  webhookList,
} from './store.ts';
import type { DeliveryRecord, WebhookDefinition, WebhookRecord } from './webhook.ts';

const webhooksMax = 100;
const nameBounds = { chars: [1, 100] } as const;
const urlBounds = { chars: [1, 2_048] } as const;

function webhookFields(t: InputFieldBuilder, required: boolean) {
  return {
    name: t.string({ required, bounds: nameBounds, description: webhookTexts.name }),
    url: t.string({
      required,
      bounds: urlBounds,
      description: `${webhookTexts.url} It must be ${urlRule}.`,
    }),
    enabled: t.boolean({ description: `${webhookTexts.enabled} Default: true.` }),
    eventTypes: t.field({
      type: [WebhookEventType],
      bounds: { items: [1, 4] },
      description: `${webhookTexts.eventTypes} Default: all.`,
    }),
    severities: t.field({
      type: [SeverityType],
      bounds: { items: [1, 4] },
      description: `${webhookTexts.severities} Default: all.`,
    }),
    alertTypes: t.stringList({
      bounds: { items: [1, 100], chars: [1, 128] },
      description: `${webhookTexts.alertTypes} Default: all.`,
    }),
  };
}

const CreateInput = builder.inputType('CreateWebhookInput', {
  description: 'A new webhook: its address, and the alerts for which it is called.',
  fields: (t) => webhookFields(t, true),
});

const UpdateInput = builder.inputType('UpdateWebhookInput', {
  description: 'A change of a webhook. Members that are not given do not change; null removes a filter.',
  fields: (t) => ({
    webhookId: t.id({ required: true, description: webhookTexts.webhookId }),
    ...webhookFields(t, false),
  }),
});

const webhookIdInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ webhookId: t.id({ required: true, description: webhookTexts.webhookId }) }),
  });

interface WithSecret {
  readonly webhook: WebhookRecord;
  readonly secret: string;
}

const webhookOf = of(Webhook, 'The webhook after the change.');
const secretOf = string(
  'The key of the signatures, `whsec_` and base64, as libraries for Standard Webhooks expect it. It cannot be read again.',
);

builder.mutationField('createWebhook', (t) =>
  t.field({
    type: exposedType<WithSecret>('CreateWebhookSuccess', 'The webhook is called from now on.', {
      webhook: webhookOf,
      secret: secretOf,
    }),
    requires: 'manage',
    description: `Creates a webhook. There can be at most ${webhooksMax}. Audited as \`webhook_created\`.`,
    args: {
      input: t.arg({ type: CreateInput, required: true, description: 'The properties of the webhook.' }),
    },
    errors: { types: [InvalidInput], directResult: true },
    resolve: async (_root, { input }, context) => {
      // read before the transaction: an event in between is delivered, too
      const position = await context.journal.log.end();
      return transact(context, async (db) => {
        if ((await countWebhooks(db)) >= webhooksMax)
          throw new InvalidInput(
            'input',
            `created after another webhook was deleted: there are ${webhooksMax}`,
          );
        const now = new Date();
        const webhook: WebhookRecord = {
          webhookId: timeOrderedId(now.getTime()),
          ...validated(
            { ...initial, ...given(input), name: input.name ?? '', url: input.url ?? '' },
            context,
          ),
          position,
          createdBy: context.viewer.subject,
          createdAt: now,
          updatedAt: now,
        };
        const secret = createSecret();
        await insertWebhook(db, webhook, secret);
        return { result: { webhook, secret }, webhook, audit: 'webhook_created', action: 'created webhook' };
      });
    },
  }),
);

builder.mutationField('updateWebhook', (t) =>
  t.field({
    type: exposedType<Pick<WithSecret, 'webhook'>>(
      'UpdateWebhookSuccess',
      'The webhook has the given properties.',
      { webhook: webhookOf },
    ),
    requires: 'manage',
    description:
      'Changes a webhook. Deliveries that wait are made to the new address; if the webhook is disabled, they are cancelled. ' +
      'Audited as `webhook_updated`.',
    args: {
      input: t.arg({ type: UpdateInput, required: true, description: 'Which webhook, and what to change.' }),
    },
    errors: { types: [InvalidInput, NotFound], directResult: true },
    resolve: async (_root, { input: { webhookId, ...input } }, context) => {
      const end = await context.journal.log.end();
      return transact(context, async (db) => {
        const before = await existing(db, webhookId);
        const webhook = {
          ...before,
          ...validated({ ...before, ...given(input) }, context),
          updatedAt: new Date(),
        };
        // events that were stored while the webhook was disabled are not delivered
        await updateWebhook(db, webhook, before.enabled ? null : end);
        if (!webhook.enabled) await cancelDeliveries(db, webhookId);
        return { result: { webhook }, webhook, audit: 'webhook_updated', action: 'updated webhook' };
      });
    },
  }),
);

builder.mutationField('rotateWebhookSecret', (t) =>
  t.field({
    type: exposedType<WithSecret>('RotateWebhookSecretSuccess', 'Calls are signed with the new secret.', {
      webhook: webhookOf,
      secret: secretOf,
    }),
    requires: 'manage',
    description:
      'Replaces the secret of a webhook. The former one is not used any longer. Audited as `webhook_updated`.',
    args: {
      input: t.arg({
        type: webhookIdInput('RotateWebhookSecretInput', 'Selects the webhook that gets a new secret.'),
        required: true,
        description: 'Which webhook to change.',
      }),
    },
    errors: { types: [NotFound], directResult: true },
    resolve: (_root, { input: { webhookId } }, context) =>
      transact(context, async (db) => {
        const webhook = await existing(db, webhookId);
        const secret = createSecret();
        await storeSecret(db, webhookId, secret);
        const action = 'replaced secret of webhook';
        return { result: { webhook, secret }, webhook, audit: 'webhook_updated', action };
      }),
  }),
);

builder.mutationField('deleteWebhook', (t) =>
  t.field({
    type: exposedType<Pick<WithSecret, 'webhook'>>('DeleteWebhookSuccess', 'The webhook does not exist.', {
      webhook: of(Webhook, 'The webhook before the change.'),
    }),
    requires: 'manage',
    description:
      'Deletes a webhook. Deliveries that wait are cancelled; the log of deliveries stays. Audited as `webhook_deleted`.',
    args: {
      input: t.arg({
        type: webhookIdInput('DeleteWebhookInput', 'Selects the webhook that is not needed any longer.'),
        required: true,
        description: 'Selects the webhook by its `webhookId`.',
      }),
    },
    errors: { types: [NotFound], directResult: true },
    resolve: (_root, { input: { webhookId } }, context) =>
      transact(context, async (db) => {
        const webhook = await existing(db, webhookId);
        await deleteWebhook(db, webhookId);
        await cancelDeliveries(db, webhookId);
        return { result: { webhook }, webhook, audit: 'webhook_deleted', action: 'deleted webhook' };
      }),
  }),
);

builder.mutationField('testWebhook', (t) =>
  t.field({
    type: exposedType<{ readonly delivery: DeliveryRecord }>(
      'TestWebhookSuccess',
      'The call is made within a second. `webhookDelivery` then shows its result.',
      { delivery: of(WebhookDelivery, 'The delivery, which waits.') },
    ),
    requires: 'manage',
    description:
      'Calls a webhook with an event of the type `webhook.test`, whatever its filters. A call that fails is repeated like ' +
      'any other. Audited as `webhook_tested`.',
    args: {
      input: t.arg({
        type: webhookIdInput('TestWebhookInput', 'Selects the webhook to call.'),
        required: true,
        description: 'Which webhook to call.',
      }),
    },
    errors: { types: [InvalidInput, NotFound], directResult: true },
    resolve: (_root, { input: { webhookId } }, context) =>
      transact(context, async (db) => {
        const webhook = await existing(db, webhookId);
        if (!webhook.enabled) throw new InvalidInput('webhookId', 'the id of an enabled webhook');
        const delivery = testDelivery(webhook);
        await insertDelivery(db, delivery);
        return { result: { delivery }, webhook, audit: 'webhook_tested', action: 'tested webhook' };
      }),
  }),
);

function testDelivery({ webhookId, name }: WebhookRecord): DeliveryRecord {
  const now = new Date();
  return {
    deliveryId: `msg_${timeOrderedId(now.getTime())}`,
    webhookId,
    event: 'webhook.test',
    alertId: null,
    body: { type: 'webhook.test', timestamp: now.toISOString(), data: { webhookId, name } },
    status: 'PENDING',
    attempts: 0,
    nextAttemptAt: now,
    lastAttemptAt: null,
    responseStatus: null,
    error: null,
    durationMs: null,
    createdAt: now,
    finishedAt: null,
  };
}

interface WebhookChange<Result> {
  readonly result: Result;
  readonly webhook: WebhookRecord;
  readonly audit: Extract<OwnAuditType, `webhook_${string}`>;
  readonly action: string;
}

/** Runs a change, and stores its audit entry in the same transaction. */
async function transact<Result>(
  { journal, viewer }: GraphContext,
  change: (db: Kysely<Database>) => Promise<WebhookChange<Result>>,
): Promise<Result> {
  const { value } = await journal.log.transact(async (db) => {
    const { result, webhook, audit, action } = await change(db);
    const { webhookId, name, url, enabled, events, severities, alertTypes } = webhook;
    // the path of an address is often a secret
    const details = {
      name,
      origin: new URL(url).origin,
      enabled,
      eventTypes: events,
      severities,
      alertTypes,
    };
    const entry = { targetId: webhookId, action, details: JSON.stringify(details) };
    return { value: result, drafts: [ownAudit(audit, viewer.subject, entry)] };
  });
  return value;
}

async function existing(db: Kysely<Database>, webhookId: string): Promise<WebhookRecord> {
  const row = (await webhookList.findAll(db, [webhookId])).get(webhookId);
  if (row === undefined) throw new NotFound('webhook', webhookId);
  return toWebhook(row);
}

const initial = { enabled: true, events: null, severities: null, alertTypes: null };

/** The members that were given; null is the default. */
function given({
  eventTypes: events,
  ...input
}: Partial<typeof CreateInput.$inferInput>): Partial<WebhookDefinition> {
  const members = Object.entries({ ...input, events }).flatMap(([name, value]) =>
    value === undefined || ((name === 'name' || name === 'url') && value === null)
      ? []
      : [[name, value ?? (initial as Readonly<Record<string, unknown>>)[name]]],
  );
  return Object.fromEntries(members) as Partial<WebhookDefinition>;
}

/** @throws InvalidInput */
function validated(
  { name, url, enabled, events, severities, alertTypes }: WebhookDefinition,
  { journal }: GraphContext,
): WebhookDefinition {
  const allowPrivate = journal.gauges.newest(webhookPolicy, webhookPolicyKey)?.payload.allowPrivate ?? false;
  if (!isWebhookUrl(url, allowPrivate)) throw new InvalidInput('url', urlRule);
  const webhook = { name, url, enabled, events, severities, alertTypes };
  if (!isStorable(webhook)) throw new InvalidInput('input', 'Unicode text without U+0000');
  return webhook;
}
