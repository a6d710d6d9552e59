import { createRoot } from 'react-dom/client';
import { createClient } from 'opsgraph/client';
import { ClientContext, useConnectionState, useLatest, useLiveList } from './opsgraph.js';

const metrics =
  'subscription { systemMetrics(everyMs: 1000) { cpu { usedPercent } memory { usedPercent } } }';

const shownMax = 20;
const audit = {
  query: `{ auditLogs(first: ${shownMax}) { liveCursor edges { node { id occurredAt actorId action } } } }`,
  subscription:
    'subscription ($after: Cursor) { auditEvents(after: $after) { auditId occurredAt actorId action } }',
  pageOf: (data) => data.auditLogs,
  eventOf: (data) => data.auditEvents,
  add: (entries, { auditId: id, ...entry }) => [{ id, ...entry }, ...entries].slice(0, shownMax),
};

function State() {
  const state = useConnectionState();
  return <p role="status">{state}</p>;
}

function Metrics() {
  const { data, error } = useLatest(metrics);
  if (error !== null) return <p role="alert">{error.message}</p>;
  if (data === null) return <p>…</p>;
  const { cpu, memory } = data.systemMetrics;
  return (
    <p>
      CPU {cpu?.usedPercent?.toFixed(0)} %, memory {memory?.usedPercent?.toFixed(0)} %
    </p>
  );
}

function Audit() {
  const { items, error } = useLiveList(audit);
  if (error !== null) return <p role="alert">{error.message}</p>;
  return (
    <ol>
      {items?.map(({ id, occurredAt, actorId, action }) => (
        <li key={id}>
          {new Date(occurredAt).toLocaleTimeString()} {actorId}: {action}
        </li>
      ))}
    </ol>
  );
}

const client = createClient(); // the same origin; elsewhere { url, token }
document.addEventListener('visibilitychange', () => (document.hidden ? client.pause() : client.resume()));

createRoot(document.getElementById('root')).render(
  <ClientContext value={client}>
    <State />
    <Metrics />
    <Audit />
  </ClientContext>,
);
