import { builder } from '../../graph/builder.ts';
import { keyText, parseKey } from '../../graph/list-key.ts';
import { searchedConnection, searchedPages } from '../../graph/searched-connection.ts';
import { selects } from '../../graph/selects.ts';
import { listSize } from '../../graph/list-size.ts';
import { everyMsDescription, paceOf, stream, throughTheDoor } from '../../graph/stream.ts';
import { Alert, AlertFilterInput } from './alert.graph.ts';
import {
  activeAlertsChanged,
  activeAlertsKey,
  activeAlertsMax,
  type ActiveAlerts,
  type AlertRecord,
} from './events.ts';
import { countAlerts, readAlerts } from './store.ts';

const activeEveryMs = 5_000;
/** Where something is wrong. */
const activeAlertsUsual = 100;
const pageMax = 1_000;

builder.queryField('alerts', (t) =>
  t.connection(
    {
      type: Alert,
      requires: 'read',
      description:
        'All alerts that are kept, newest first by the time they were raised. Paged by keyset. ' +
        `${searchedPages('the filter’s parts besides `since` and `until`, or with `acknowledged` or `active: false`')} ` +
        'Source: the table alerts.',
      args: { filter: t.arg({ type: AlertFilterInput, description: 'Which alerts; default all.' }) },
      resolve: async (_root, args, { db }, info) => {
        const filter = args.filter ?? {};
        const page = await searchedConnection(
          {
            args,
            defaultSize: 100,
            maxSize: pageMax,
            toCursor: ({ raisedAt, seq }: AlertRecord) => keyText({ at: raisedAt, seq }),
          },
          async ({ before, after, limit, inverted }) => {
            const { alerts, searchedUpTo } = await readAlerts(db, {
              filter,
              limit,
              newestFirst: !inverted,
              olderThan: parseKey(after, 'after'),
              newerThan: parseKey(before, 'before'),
            });
            return {
              rows: alerts,
              searchedUpTo: searchedUpTo && keyText({ at: searchedUpTo.at.getTime(), seq: searchedUpTo.seq }),
            };
          },
        );
        return { ...page, totalCount: selects(info, 'totalCount') ? await countAlerts(db, filter) : 0 };
      },
    },
    {
      name: 'AlertConnection',
      description: 'A page of the alerts.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All alerts that satisfy the filter. Counted only when asked for.',
          resolve: (connection) => connection.totalCount,
        }),
      }),
    },
    { name: 'AlertEdge', description: 'An alert and its place in the list.' },
  ),
);

builder.queryField('activeAlerts', (t) =>
  t.field({
    type: [Alert],
    requires: 'read',
    extensions: listSize(activeAlertsUsual),
    description: `Alerts that are neither acknowledged nor resolved, newest first, at most ${activeAlertsMax}.`,
    resolve: (_root, _args, { journal }) => [
      ...(journal.gauges.newest(activeAlertsChanged, activeAlertsKey)?.payload.alerts ?? []),
    ],
  }),
);

builder.subscriptionField('activeAlerts', (t) =>
  t.field({
    type: [Alert],
    requires: 'read',
    description:
      'LATEST, not again while it stays the same. Alerts that are neither acknowledged nor resolved, newest first, at most ' +
      `${activeAlertsMax}: what is active at once first, then at once whenever that changes.`,
    args: {
      everyMs: t.arg.int({ description: everyMsDescription({ defaultMs: 5_000 }) }),
    },
    extensions: {
      ...listSize(activeAlertsUsual),
      ...stream({
        delivery: 'LATEST',
        topic: activeAlertsChanged.name,
        keys: () => [activeAlertsKey],
        everyMs: (args) => paceOf(args, activeEveryMs),
      }),
    },
    subscribe: throughTheDoor<ActiveAlerts>,
    resolve: (entry) => [...entry.payload.alerts],
  }),
);
