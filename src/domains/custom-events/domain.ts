import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import type { CustomEventsConfig } from './config.ts';
import { customEvents } from './events.ts';
import './graph.ts';
import { customEventTables, retainedCustomEvents, retainedCustomEventTypes } from './store.ts';

/** Events of types that producers make up. */
export function customEventsDomain({ typesMax }: CustomEventsConfig): Domain {
  return {
    name: 'custom-events',
    handlers: [customEventTables(typesMax)],
    retained: [retainedCustomEvents, retainedCustomEventTypes, retainedEntries(customEvents.name)],
  };
}
