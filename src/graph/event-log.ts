import type { Entry } from '../journal/topic.ts';
import { earliest, formatCursor } from '../journal/cursor.ts';
import { examinedMax, readLogPage, type LogPage } from '../journal/log-page.ts';
import { EventKind, topicsOf } from './all-events.ts';
import { builder } from './builder.ts';
import { Event } from './event.ts';
import { pageSizes } from './keyset-page.ts';
import { numericArgument } from './numeric-argument.ts';

/** The query `eventLog`: the log of the subscription `events`, for clients that poll. */

interface Page extends LogPage {
  readonly after: string | null;
}

const EventEdge = builder.objectRef<Entry>('EventEdge').implement({
  description: 'An event and its position in the log.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'Position of the event in the log.',
      resolve: ({ seq }, _args, { journal }) => formatCursor(journal.log.epoch, seq),
    }),
    node: t.field({ type: Event, description: 'The event at this position.', resolve: (entry) => entry }),
  }),
});

const EventLogConnection = builder.objectRef<Page>('EventLogConnection').implement({
  description: 'A page of the event log.',
  fields: (t) => ({
    edges: t.field({
      type: [EventEdge],
      description: 'The events of the page, oldest first.',
      resolve: ({ entries }) => [...entries],
    }),
    endCursor: t.field({
      type: 'Cursor',
      description:
        'Position up to which the page contains all matching events. Pass it as `after` to read or receive the later ' +
        'ones: to `eventLog` again, or to a subscription. Also set if the page is empty.',
      resolve: ({ upTo }, _args, { journal }) => formatCursor(journal.log.epoch, upTo),
    }),
    pageInfo: t.field({
      type: builder.pageInfoRef(),
      description:
        'Information for reading the next page. `endCursor` is that of the page, also if the page is empty.',
      resolve: ({ entries, upTo, hasMore, after }, _args, { journal }) => {
        const cursorOf = (seq: number): string => formatCursor(journal.log.epoch, seq);
        const [first] = entries;
        return {
          hasNextPage: hasMore,
          hasPreviousPage: after !== null && after !== earliest,
          startCursor: first === undefined ? null : cursorOf(first.seq),
          endCursor: cursorOf(upTo),
        };
      },
    }),
  }),
});

const EventLogFilter = builder.inputType('EventLogFilter', {
  description: 'Selects events of the log. An event has to match all given fields.',
  fields: (t) => ({
    types: t.field({ type: [EventKind], description: 'Only events of these kinds. Default: all kinds.' }),
    subjects: t.idList({
      bounds: { items: [1, 100] },
      description:
        'Only events about these subjects. The subject is the id of what an event changes: an agent, a decision, a model, ' +
        'a training run, a workflow, an upload, a job, a provider or a host. Of an audit event it is the actor, and of a ' +
        'custom event its `subject`, or its type if it has none. Default: all subjects.',
    }),
  }),
});

builder.queryField('eventLog', (t) =>
  t.field({
    type: EventLogConnection,
    requires: 'read',
    description:
      'Returns the events of the subscription `events` in pages, oldest first. For clients that poll: continue after ' +
      '`endCursor` as long as `pageInfo.hasNextPage` is true, and later again. With `subjects`, the server examines at ' +
      `most ${examinedMax} events for a page, which may then be short or empty while \`hasNextPage\` is true. If events ` +
      'after the cursor are no longer retained, the error is CURSOR_EXPIRED. Pages have no `totalCount`, because a count would ' +
      'read the whole log. Source: the memory of this instance for recent ' +
      'events, otherwise the table events.',
    args: {
      first: t.arg.int({
        description: `Number of events, 1 to ${pageSizes.maxSize}. Default: ${pageSizes.defaultSize}.`,
      }),
      after: t.arg({
        type: 'Cursor',
        description: 'Returns only events after this cursor. Default: `earliest`, the oldest retained event.',
      }),
      filter: t.arg({ type: EventLogFilter, description: 'Selects events. Default: all.' }),
    },
    resolve: async (_root, { first, after, filter }, { journal, db }) => {
      const { types, subjects } = filter ?? {};
      const shown = [...topicsOf(types ?? null)];
      const query = {
        topics: types === undefined || types === null ? null : shown,
        shown,
        keys: subjects?.map(String) ?? null,
        after: after ?? null,
        limit: numericArgument('first', first, { max: pageSizes.maxSize, fallback: pageSizes.defaultSize }),
        db,
      };
      return { ...(await readLogPage(journal.log, query)), after: query.after };
    },
  }),
);

builder.queryField('liveCursor', (t) =>
  t.field({
    type: 'Cursor',
    requires: 'nothing',
    description:
      'Position of the newest event in the event log. Pass it as `after` to a subscription to receive the later events, ' +
      'also if the connection is lost before the first of them. Source: the memory of this instance.',
    resolve: (_root, _args, { journal }) => formatCursor(journal.log.epoch, journal.log.head()),
  }),
);
