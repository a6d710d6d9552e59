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

interface Kind {
  readonly audit: 'alert_acknowledged' | 'alert_resolved';
  readonly action: string;
  readonly change: (by: string, at: number) => Parameters<typeof changeAlert>[2];
  readonly draft: (alert: AlertRecord, at: number, by: string) => AlertDraft;
}

const acknowledgement: Kind = {
  audit: 'alert_acknowledged',
  action: 'acknowledged alert',
  change: (by, at) => ({ acknowledgedBy: by, at: new Date(at) }),
  draft: acknowledgedAlert,
};

const resolution: Kind = {
  audit: 'alert_resolved',
  action: 'resolved alert',
  change: (_by, at) => ({ resolvedAt: new Date(at) }),
  draft: resolvedAlert,
};

/** Changes an alert, tells of it and audits it in one transaction; what is so already is told and audited no more. */
async function change(kind: Kind, id: string, { journal, viewer }: GraphContext): Promise<ChangedAlert> {
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

builder.mutationField('acknowledgeAlert', (t) =>
  t.field({
    type: Alert,
    requires: 'execute',
    description:
      'Says that somebody knows of an alert: it is no longer active, and its cause goes on unless it is resolved. Doing so ' +
      'again changes nothing and says so. Audited as `alert_acknowledged`.',
    args: { id: t.arg.id({ required: true, description: '`alert_YYYYMMDD_NNN`, or its number.' }) },
    errors: {
      types: [NotFound],
      dataField: { name: 'alert', description: 'The alert as it is now.' },
      result: {
        description: 'It is acknowledged.',
        fields: (r) => ({
          changed: r.boolean({
            description: 'false: it was so before; nothing was done, told or audited.',
            resolve: (alert) => (alert as ChangedAlert).changed,
          }),
        }),
      },
    },
    resolve: (_root, { id }, context) => change(acknowledgement, id, context),
  }),
);

builder.mutationField('resolveAlert', (t) =>
  t.field({
    type: Alert,
    requires: 'execute',
    description:
      'Ends an alert. Ending it again changes nothing and says so. A rule whose condition goes on raises another one. ' +
      'Audited as `alert_resolved`.',
    args: { id: t.arg.id({ required: true, description: '`alert_YYYYMMDD_NNN`, or its number.' }) },
    errors: {
      types: [NotFound],
      dataField: { name: 'alert', description: 'The alert as it is now.' },
      result: {
        description: 'It is resolved.',
        fields: (r) => ({
          changed: r.boolean({
            description: 'false: it was so before; nothing was done, told or audited.',
            resolve: (alert) => (alert as ChangedAlert).changed,
          }),
        }),
      },
    },
    resolve: (_root, { id }, context) => change(resolution, id, context),
  }),
);
