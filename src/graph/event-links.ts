import type { EnumRef, InputRef, InterfaceRef, ObjectRef, OutputRef } from '@pothos/core';
import type { RawBuilder, SqlBool } from 'kysely';
import { eventList, type EventsOfKey } from '../journal/event-list.ts';
import { toEntry, type StoredRow } from '../journal/event-rows.ts';
import type { Entry, Topic } from '../journal/topic.ts';
import { builder, type GraphTypes } from './builder.ts';
import {
  listConnection,
  searchedAlways,
  searchedRarely,
  type KeysetConnection,
} from './keyset-connection.ts';
import { connectionLink } from './links.ts';

/** The events of the objects of a topic; see `eventConnection`. */
interface EventConnectionOptions<Payload, Type extends string> {
  /** The object type of the events, as `eventType` returns it. */
  readonly type: OutputRef<Entry<Payload>>;
  readonly topic: Topic<Payload, 'EVERY'>;
  /** The event types, as `eventVariants` returns them: the lists can be filtered by them. */
  readonly types?: EnumRef<GraphTypes, string, Type>;
  /** The subscription that sends the events. */
  readonly followedBy: string;
  /** For keys that several objects share; see `eventList`. The pages then have no `totalCount`. */
  readonly about?: RawBuilder<SqlBool>;
}

interface GivenFilter extends EventsOfKey {
  /** The types that the link allows. */
  readonly ofTypes: readonly string[] | null;
}

export interface EventConnection {
  readonly connection: KeysetConnection<GivenFilter>;
  /** Whether the lists can be filtered by types. */
  readonly hasTypes: boolean;
  /** Whether objects share keys. */
  readonly isShared: boolean;
}

/**
 * Declares the connection type of a topic's events, for the fields that `eventsLink` adds:
 *
 *     const events = eventConnection('TrainingEvent', { ...trainingEvent, followedBy: 'trainingEvents' });
 */
export function eventConnection<Payload, Type extends string = never>(
  name: string,
  { type, topic, types, followedBy, about }: EventConnectionOptions<Payload, Type>,
): EventConnection {
  const filterInput =
    types &&
    builder.inputType(`${name}Filter`, {
      description: 'Selects events of an object.',
      fields: (t) => ({
        types: t.field({ type: [types], description: 'Only events of these types. Default: all types.' }),
      }),
    });
  const connection = listConnection<EventsOfKey, StoredRow, Entry<Payload>, GivenFilter>('events', {
    name,
    type,
    list: eventList(topic, about),
    node: (row) => toEntry(row) as Entry<Payload>,
    page: 'A page of the events of an object.',
    edge: 'An event and its position in the list.',
    ...(about === undefined && { totalCount: 'Number of retained events that match the filter.' }),
    followedBy,
    ...(filterInput && { filterInput: filterInput as unknown as InputRef<GivenFilter> }),
    filter: ({ key = '', types: given = null, ofTypes = null, ...rest }) => ({
      ...rest,
      key,
      types: ofTypes === null ? given : ofTypes.filter((one) => given === null || given.includes(one)),
    }),
  });
  return { connection, hasTypes: types !== undefined, isShared: about !== undefined };
}

const notCounted =
  ' Pages have no `totalCount`: other objects can share the key of the events, and a count would read all events with it.';

/**
 * Adds the field `events` to the type of the objects that events are about:
 *
 *     eventsLink(TrainingRun, events, {
 *       description: 'The events of the run',
 *       of: ({ runId }) => ({ key: runId }),
 *     });
 */
export function eventsLink<Parent extends object>(
  parent: ObjectRef<GraphTypes, Parent> | InterfaceRef<GraphTypes, Parent>,
  { connection, hasTypes, isShared }: EventConnection,
  {
    description,
    of,
    types = null,
  }: {
    /** Noun phrase for the events, without a full stop. */
    readonly description: string;
    readonly of: (parent: Parent) => Omit<EventsOfKey, 'types'>;
    /** The types of events about such objects, if the topic has other events whose keys may be equal. */
    readonly types?: readonly string[] | null;
  },
): void {
  const note =
    isShared || types !== null
      ? `${isShared ? notCounted : ''} ${searchedAlways}`
      : hasTypes
        ? ` ${searchedRarely('`types`')}`
        : '';
  connectionLink(parent, 'events', connection, {
    description:
      `${description}, in the order of the log, newest first. Events that are no longer retained (RETENTION_DAYS) are ` +
      `absent. Source: the table events.${note}`,
    of: (source) => ({ ...of(source), ofTypes: types }),
  });
}
