import { ActivitiesDocument, ActivityLiveDocument } from '../documents.generated.ts';
import type { ActivitiesQuery, ActivityLineFragment } from '../documents.generated.ts';
import { age } from '../data/format.ts';
import { nodesOf, upsertNodes } from '../data/lists.ts';
import { msSince } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';
import { State, type Level } from '../ui/state.tsx';

const levelsBySeverity: Readonly<Record<ActivityLineFragment['severity'], Level>> = {
  CRITICAL: 'critical',
  ERROR: 'critical',
  WARNING: 'warning',
  INFO: 'ok',
};

export function Activities({ first, view }: { first: number; view?: string }) {
  const panel = usePanel();
  const { reading } = useResource(
    {
      document: ActivitiesDocument,
      variables: { first },
      live: [
        live({
          document: ActivityLiveDocument,
          variables: (data: ActivitiesQuery) => ({ after: data.activity?.liveCursor ?? null }),
          apply: (data, { activityEventBatches }): ActivitiesQuery => ({
            activity: {
              liveCursor: data.activity?.liveCursor ?? '',
              ...upsertNodes(
                data.activity,
                activityEventBatches.map(({ activity }) => activity),
                { key: ({ activityId }) => activityId, max: first },
              ),
            },
          }),
        }),
      ],
    },
    panel.active,
  );
  const activities = nodesOf(reading.value.value?.activity);
  return (
    <Panel
      panel={panel}
      title="Activity"
      {...(view === undefined ? {} : { view })}
      reading={reading.value}
      empty={
        activities.length === 0 ? (
          <p>
            No activity was reported yet. Run <code>npm run demo</code>, or POST an <code>activity</code>{' '}
            event to <code>/publish</code>.
          </p>
        ) : null
      }
    >
      <ul class="lines feed">
        {activities.map(({ activityId, title, description, severity, status, user, occurredAt: at }) => (
          <li key={activityId}>
            <State level={levelsBySeverity[severity]} label={status} />
            <span class="name">
              {title} {user === null ? null : <small>{user}</small>}
              {description === null ? null : <span class="detail">{description}</span>}
            </span>
            <time dateTime={at}>{age(msSince(at))}</time>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
