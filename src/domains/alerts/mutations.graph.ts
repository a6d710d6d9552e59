import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { listSize } from '../../graph/list-size.ts';
import type { Draft } from '../../journal/topic.ts';
import { capitalized } from '../../lib/camel-case.ts';
import { ownAudit } from '../governance/events.ts';
import { Alert, AlertFilterInput } from './alerts.graph.ts';
import {
  acknowledgedAlert,
  resolvedAlert,
  type AlertChange,
  type AlertDraft,
  type AlertRecord,
  type AlertStatus,
} from './events.ts';
import { findAlertIds, type AlertFilter } from './list.store.ts';
import { readAlerts, storeChange, type StoredChange } from './store.ts';

/** Alerts that one mutation changes. */
export const alertsMax = 1_000;
/** For the cost of an operation. */
const alertsUsual = 100;

const alertIdText = 'The id, `alert_YYYYMMDD_NNN`, or the number of the alert.';
export const alertIdsBounds = { items: [1, alertsMax], chars: [1, 64] } as const;

/** A change that operators make to one alert or to many. */
interface AlertMutation {
  readonly verb: 'acknowledge' | 'resolve';
  /** What the change does, and what it does the second time. */
  readonly description: string;
  readonly success: string;
  readonly audit: 'alert_acknowledged' | 'alert_resolved';
  readonly action: string;
  /** Statuses of the alerts that the change with a filter selects, besides what the filter says. */
  readonly pending: readonly AlertStatus[];
  readonly pendingText: string;
  readonly isDone: (alert: AlertRecord) => boolean;
  readonly columns: (by: string, at: Date) => StoredChange;
  readonly draft: (alert: AlertRecord, at: number, by: string) => AlertDraft;
}

alertMutations({
  verb: 'acknowledge',
  description:
    'Acknowledges an alert, which is then no longer active. Acknowledging it again changes nothing. Audited as ' +
    '`alert_acknowledged`.',
  success: 'The alert is acknowledged.',
  audit: 'alert_acknowledged',
  action: 'acknowledged alert',
  pending: ['ACTIVE'],
  pendingText: 'active alerts',
  isDone: ({ acknowledgedAt }) => acknowledgedAt !== null,
  columns: (by, at) => ({ acknowledged_by: by, acknowledged_at: at }),
  draft: acknowledgedAlert,
});

alertMutations({
  verb: 'resolve',
  description:
    'Resolves an alert. Resolving it again changes nothing. If its cause persists, the rule raises a new alert. Audited ' +
    'as `alert_resolved`.',
  success: 'The alert is resolved.',
  audit: 'alert_resolved',
  action: 'resolved alert',
  pending: ['ACTIVE', 'SILENCED', 'ACKNOWLEDGED'],
  pendingText: 'alerts that are not resolved',
  isDone: ({ resolvedAt }) => resolvedAt !== null,
  columns: (_by, at) => ({ resolved_at: at }),
  draft: resolvedAlert,
});

/** Declares the mutation of one alert and the mutation of many alerts. */
function alertMutations(mutation: AlertMutation): void {
  const one = `${mutation.verb}Alert`;
  const OneInput = builder.inputType(`${capitalized(one)}Input`, {
    description: 'Selects one alert by its id or number, resolved or not.',
    fields: (t) => ({ alertId: t.id({ required: true, description: alertIdText }) }),
  });
  builder.mutationField(one, (t) =>
    t.field({
      type: Alert,
      requires: 'execute',
      description: mutation.description,
      args: { input: t.arg({ type: OneInput, required: true, description: 'Selects one alert.' }) },
      errors: {
        types: [NotFound],
        dataField: { name: 'alert', description: 'The current state of the alert.' },
        result: {
          description: mutation.success,
          fields: (r) => ({
            changed: r.boolean({
              description:
                'False if the alert had this state before: then no event and no audit entry was stored.',
              resolve: (alert) => (alert as ChangedAlert).changed,
            }),
          }),
        },
      },
      resolve: (_root, { input }, context) => changeOne(mutation, input.alertId, context),
    }),
  );

  const many = `${one}s`;
  const ManyInput = builder.inputType(`${capitalized(many)}Input`, {
    description: `The alerts to ${mutation.verb}: either \`alertIds\` or \`filter\`.`,
    fields: (t) => ({
      alertIds: t.idList({
        bounds: alertIdsBounds,
        description: 'Ids, `alert_YYYYMMDD_NNN`, or numbers of alerts.',
      }),
      filter: t.field({
        type: AlertFilterInput,
        description: `Selects ${mutation.pendingText}, oldest first, at most ${alertsMax}.`,
      }),
    }),
  });
  const Changed = builder.objectRef<ChangedAlerts>(`${capitalized(many)}Success`).implement({
    description: 'The alerts have the requested state, except for those that do not exist.',
    fields: (t) => ({
      alerts: t.field({
        type: [Alert],
        description: 'The alerts that were changed, after the change. Each has an event and an audit entry.',
        extensions: listSize(alertsUsual),
        resolve: ({ alerts }) => [...alerts],
      }),
      unchangedIds: t.idList({
        description: 'Ids of alerts that had the requested state before.',
        resolve: ({ unchangedIds }) => [...unchangedIds],
      }),
      notFoundIds: t.idList({
        description: 'Given ids and numbers for which there is no alert.',
        resolve: ({ notFoundIds }) => [...notFoundIds],
      }),
      hasMore: t.exposeBoolean('hasMore', {
        description: `Whether more than ${alertsMax} alerts matched the filter. Repeat the mutation for the others.`,
      }),
    }),
  });
  builder.mutationField(many, (t) =>
    t.field({
      type: Changed,
      requires: 'execute',
      description:
        `${capitalized(mutation.verb)}s up to ${alertsMax} alerts in one transaction, as \`${one}\` does with one alert. ` +
        `Audited as \`${mutation.audit}\`, once per alert.`,
      args: {
        input: t.arg({
          type: ManyInput,
          required: true,
          description: 'Selects alerts, by their ids or by a filter.',
        }),
      },
      errors: { types: [InvalidInput], directResult: true },
      resolve: (_root, { input }, context) => changeMany(mutation, input, context),
    }),
  );
}

interface ChangedAlert extends AlertRecord {
  readonly changed: boolean;
}

interface ChangedAlerts {
  readonly alerts: readonly AlertRecord[];
  readonly unchangedIds: readonly string[];
  readonly notFoundIds: readonly string[];
  readonly hasMore: boolean;
}

async function changeOne(mutation: AlertMutation, id: string, context: GraphContext): Promise<ChangedAlert> {
  const { value } = await context.journal.log.transact(async (db) => {
    const [before] = await readAlerts(db, [id]);
    if (before === undefined) throw new NotFound('alert', id);
    const { changed, drafts } = await change(mutation, [before], { db, by: context.viewer.subject });
    const [after] = changed;
    return { value: { ...(after ?? before), changed: after !== undefined }, drafts };
  });
  return value;
}

async function changeMany(
  mutation: AlertMutation,
  {
    alertIds,
    filter,
  }: {
    readonly alertIds?: readonly string[] | null | undefined;
    readonly filter?: AlertFilter | null | undefined;
  },
  { db: reading, journal, viewer }: GraphContext,
): Promise<ChangedAlerts> {
  if (!alertIds === !filter) throw new InvalidInput('input', 'an object with either alertIds or filter');
  // read before the transaction, which must not wait for a search
  const ids = alertIds ?? (await findAlertIds(reading, pendingIn(mutation, filter), alertsMax + 1));
  const { value } = await journal.log.transact(async (db) => {
    const found = await readAlerts(db, ids.slice(0, alertsMax));
    const { changed, drafts } = await change(mutation, found, { db, by: viewer.subject });
    const changedIds = new Set(changed.map((alert) => alert.id));
    const known = new Set(found.flatMap((alert) => [alert.id, String(alert.number)]));
    const result = {
      alerts: changed,
      unchangedIds: found.map((alert) => alert.id).filter((id) => !changedIds.has(id)),
      notFoundIds: [...new Set(ids)].filter((id) => !known.has(id)),
      hasMore: ids.length > alertsMax,
    };
    return { value: result, drafts };
  });
  return value;
}

/** The filter, only for alerts that do not have the state yet. */
function pendingIn({ pending }: AlertMutation, filter: AlertFilter | null | undefined): AlertFilter {
  const statuses = pending.filter((status) => filter?.statuses?.includes(status) ?? true);
  return { ...filter, statuses };
}

/** Changes the alerts that do not have the state yet, with one statement, and returns their events and audit entries. */
async function change(
  { isDone, columns, draft, audit, action }: AlertMutation,
  alerts: readonly AlertRecord[],
  { db, by }: { readonly db: Kysely<Database>; readonly by: string },
): Promise<{ readonly changed: readonly AlertRecord[]; readonly drafts: readonly Draft[] }> {
  const at = Date.now();
  const pending = alerts.filter((alert) => !isDone(alert));
  await storeChange(db, pending, columns(by, new Date(at)));
  const events = pending.map((alert) => draft(alert, at, by));
  const changed = events.map(({ payload }) => (payload as AlertChange).alert);
  const audits = changed.map(({ id, alertType, title }) =>
    ownAudit(audit, by, { targetId: id, action, details: `${alertType}: ${title}` }),
  );
  return { changed, drafts: [...events, ...audits] };
}
