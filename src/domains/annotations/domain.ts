import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { annotationEvents } from './events.ts';
import './graph.ts';
import './links.graph.ts';
import './mutations.graph.ts';
import { annotationTable, retainedAnnotations } from './store.ts';

/** Texts at times and in ranges, which clients show on charts. People and producers write them. */
export function annotationsDomain(): Domain {
  return {
    name: 'annotations',
    handlers: [annotationTable],
    retained: [retainedAnnotations, retainedEntries(annotationEvents.name)],
  };
}
