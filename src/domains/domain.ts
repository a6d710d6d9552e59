import type { DatabaseHandle } from '../db/database.ts';
import type { Retained } from '../db/retained.ts';
import type { DurableLog, Journal } from '../journal/journal.ts';
import type { GaugeHandler, GaugeRecorder } from '../journal/gauge-recorder.ts';
import type { Topic } from '../journal/topic.ts';
import type { TopicHandler } from '../journal/topic-handlers.ts';
import type { MemoryBudget } from '../lib/memory-budget.ts';
import type { Log } from '../log/log.ts';
import type { Job } from '../jobs/job.ts';
import type { Source } from '../sources/source.ts';

/** What the app runs for a domain. The types of a domain are added to the schema when its files are imported. */
export interface Domain {
  readonly name: string;
  /** Handlers that run in the transaction that stores events: they enrich the events and write the domain's tables. */
  readonly handlers?: readonly TopicHandler[];
  /** How values that clients report for its gauges are stored. */
  readonly gaugeHandlers?: readonly GaugeHandler[];
  /**
   * Gauges whose values all instances get from the one that puts them: of the sources with a lease, and of what clients
   * report. The values are JSON.
   */
  readonly shared?: readonly Topic<unknown, 'LATEST'>[];
  /** Tables from which retention removes old rows, in this order. */
  readonly retained?: readonly Retained[];
  /** Puts initial gauges, listens to the journal, and returns sources and jobs. Absent: the domain runs nothing. */
  start?(context: DomainContext): Promise<Started>;
}

/** What the app provides to a domain. */
export interface DomainContext {
  readonly hostId: string;
  readonly database: DatabaseHandle;
  readonly journal: Journal & { readonly log: DurableLog; readonly recorder: GaugeRecorder };
  readonly log: Log;
  /** The memory that data for clients may use. */
  readonly memory: MemoryBudget;
}

/** What the app runs for a started domain, and how it stops the domain. */
export interface Started {
  readonly sources?: readonly Source[];
  /** Scheduled jobs. Each run is made by one of the instances that share the database. */
  readonly jobs?: readonly Job[];
  readonly stop?: () => Promise<void> | void;
}
