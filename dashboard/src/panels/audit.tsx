import { AuditLiveDocument, AuditLogDocument } from '../documents.generated.ts';
import type { AuditLogQuery } from '../documents.generated.ts';
import { age, words } from '../data/format.ts';
import { nodesOf, upsertNodes } from '../data/lists.ts';
import { msSince } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';
import { State } from '../ui/state.tsx';

export function AuditFeed({ first, view }: { first: number; view?: string }) {
  const panel = usePanel();
  const { reading } = useResource(
    {
      document: AuditLogDocument,
      variables: { first },
      live: [
        live({
          document: AuditLiveDocument,
          variables: (data: AuditLogQuery) => ({ after: data.auditLogs?.liveCursor ?? null }),
          apply: (data, { auditEventBatches }): AuditLogQuery => ({
            auditLogs: {
              liveCursor: data.auditLogs?.liveCursor ?? '',
              ...upsertNodes(data.auditLogs, auditEventBatches, {
                key: ({ auditId }) => auditId,
                max: first,
              }),
            },
          }),
        }),
      ],
    },
    panel.active,
  );
  const entries = nodesOf(reading.value.value?.auditLogs);
  return (
    <Panel
      panel={panel}
      title="Audit"
      {...(view === undefined ? {} : { view })}
      reading={reading.value}
      empty={
        entries.length === 0 ? (
          <p>
            No audit entry was stored yet. Changes of roles and tokens are audited. To report an entry, POST
            an <code>auditEvent</code> to <code>/publish</code>.
          </p>
        ) : null
      }
    >
      <ul class="lines feed">
        {entries.map(({ auditId, eventType, actorId, action, status, targetId, details, occurredAt }) => (
          <li key={auditId}>
            <State
              level={/fail|denied|error|reject/i.test(`${status} ${eventType}`) ? 'warning' : 'ok'}
              label={status}
            />
            <span class="name">
              <b>{actorId}</b> {words(action)} {targetId === null ? '' : targetId}{' '}
              <small>{words(eventType)}</small>
              {details === null ? null : <span class="detail">{details}</span>}
            </span>
            <time dateTime={occurredAt}>{age(msSince(occurredAt))}</time>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
