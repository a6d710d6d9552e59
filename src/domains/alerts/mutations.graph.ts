import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { NotFound } from '../../graph/failures.ts';
import { ownAudit } from '../governance/events.ts';
import { Alert } from './alerts.graph.ts';
import {
  acknowledgedAlert,
  resolvedAlert,
  type AlertChange,
  type AlertDraft,
  type AlertRecord,
} from './events.ts';
import { changeAlert } from './store.ts';

interface ChangedAlert extends AlertRecord {
  readonly changed: boolean;
}

interface AlertMutation {
  readonly description: string;
  readonly success: string;
  readonly audit: 'alert_acknowledged' | 'alert_resolved';
  readonly action: string;
  readonly columns: (by: string, at: Date) => Parameters<typeof changeAlert>[2];
  readonly draft: (alert: AlertRecord, at: number, by: string) => AlertDraft;
}

alertMutation('acknowledgeAlert', {
  description:
    'Acknowledges an alert, which is then no longer active. Acknowledging it again changes nothing. Audited as ' +
    '`alert_acknowledged`.',
  success: 'The alert is acknowledged.',
  audit: 'alert_acknowledged',
  action: 'acknowledged alert',
  columns: (by, at) => ({ acknowledged_by: by, acknowledged_at: at }),
  draft: acknowledgedAlert,
});

alertMutation('resolveAlert', {
  description:
    'Resolves an alert. Resolving it again changes nothing. If its cause persists, the rule raises a new alert. Audited ' +
    'as `alert_resolved`.',
  success: 'The alert is resolved.',
  audit: 'alert_resolved',
  action: 'resolved alert',
  columns: (_by, at) => ({ resolved_at: at }),
  draft: resolvedAlert,
});

function alertMutation(name: string, mutation: AlertMutation): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: Alert,
      requires: 'execute',
      description: mutation.description,
      args: {
        id: t.arg.id({
          required: true,
          description: 'The id, `alert_YYYYMMDD_NNN`, or the number of the alert.',
        }),
      },
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
      resolve: (_root, { id }, context) => change(mutation, id, context),
    }),
  );
}

/** Changes an alert and stores the event and the audit entry, all in one transaction. */
async function change(
  mutation: AlertMutation,
  id: string,
  { journal, viewer }: GraphContext,
): Promise<ChangedAlert> {
  const { value } = await journal.log.transact(async (db) => {
    const at = Date.now();
    const found = await changeAlert(db, id, mutation.columns(viewer.subject, new Date(at)));
    if (found === null) throw new NotFound('alert', id);
    if (!found.changed) return { value: { ...found.before, changed: false }, drafts: [] };
    const draft = mutation.draft(found.before, at, viewer.subject);
    const { alert } = draft.payload as AlertChange;
    const audit = ownAudit(mutation.audit, viewer.subject, {
      targetId: alert.id,
      action: mutation.action,
      details: `${alert.alertType}: ${alert.title}`,
    });
    return { value: { ...alert, changed: true }, drafts: [draft, audit] };
  });
  return value;
}
