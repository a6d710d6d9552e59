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

/** An alert as a mutation leaves it. */
interface ChangedAlert extends AlertRecord {
  readonly changed: boolean;
}

interface AlertMutation {
  readonly description: string;
  readonly done: string;
  readonly audit: 'alert_acknowledged' | 'alert_resolved';
  readonly action: string;
  readonly change: (by: string, at: number) => Parameters<typeof changeAlert>[2];
  readonly draft: (alert: AlertRecord, at: number, by: string) => AlertDraft;
}

alertMutation('acknowledgeAlert', {
  description:
    'Says that somebody knows of an alert: it is no longer active, and its cause goes on unless it is resolved. Doing so ' +
    'again changes nothing and says so. Audited as `alert_acknowledged`.',
  done: 'It is acknowledged.',
  audit: 'alert_acknowledged',
  action: 'acknowledged alert',
  change: (by, at) => ({ acknowledgedBy: by, at: new Date(at) }),
  draft: acknowledgedAlert,
});

alertMutation('resolveAlert', {
  description:
    'Ends an alert. Ending it again changes nothing and says so. A rule whose condition goes on raises another one. ' +
    'Audited as `alert_resolved`.',
  done: 'It is resolved.',
  audit: 'alert_resolved',
  action: 'resolved alert',
  change: (_by, at) => ({ resolvedAt: new Date(at) }),
  draft: resolvedAlert,
});

function alertMutation(name: string, mutation: AlertMutation): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: Alert,
      requires: 'execute',
      description: mutation.description,
      args: { id: t.arg.id({ required: true, description: '`alert_YYYYMMDD_NNN`, or its number.' }) },
      errors: {
        types: [NotFound],
        dataField: { name: 'alert', description: 'The alert as it is now.' },
        result: {
          description: mutation.done,
          fields: (r) => ({
            changed: r.boolean({
              description: 'false: it was so before; nothing was done, told or audited.',
              resolve: (alert) => (alert as ChangedAlert).changed,
            }),
          }),
        },
      },
      resolve: (_root, { id }, context) => change(mutation, id, context),
    }),
  );
}

/** Changes an alert, tells of it and audits it in one transaction; what is so already is told and audited no more. */
async function change(
  kind: AlertMutation,
  id: string,
  { journal, viewer }: GraphContext,
): Promise<ChangedAlert> {
  const { value } = await journal.log.transact(async (db) => {
    const at = Date.now();
    const found = await changeAlert(db, id, kind.change(viewer.subject, at));
    if (found === null) throw new NotFound('alert', id);
    if (!found.changed) return { value: { ...found.before, changed: false }, drafts: [] };
    const draft = kind.draft(found.before, at, viewer.subject);
    const { alert } = draft.payload as AlertChange;
    const audit = ownAudit(kind.audit, viewer.subject, {
      targetId: alert.id,
      action: kind.action,
      details: `${alert.alertType}: ${alert.title}`,
    });
    return { value: { ...alert, changed: true }, drafts: [draft, audit] };
  });
  return value;
}
