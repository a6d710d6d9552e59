import type { DatabaseHandle } from '../db/database.ts';
import type { Retained } from '../db/retained.ts';
import type { DurableLog, Journal } from '../journal/journal.ts';
import type { GaugeHandler } from '../journal/gauge-recorder.ts';
import type { TopicHandler } from '../journal/topic-handlers.ts';
import type { MemoryBudget } from '../lib/memory-budget.ts';
import type { Log } from '../log/log.ts';
import type { Job } from '../jobs/job.ts';
import type { Source } from '../sources/source.ts';

/** The face of a domain: what the app has to know of it. Its types join the graph by being imported. */
export interface Domain {
  readonly name: string;
  /** What the domain adds to the transaction that stores events of certain topics: fields of them, and its tables. */
  readonly handlers?: readonly TopicHandler[];
  /** How values that clients report for its gauges are stored. */
  readonly gaugeHandlers?: readonly GaugeHandler[];
  /** What retention removes when it is too old, in this order. */
  readonly retained?: readonly Retained[];
  /** Puts the first values, follows the log where it must, and says what to sample. Absent: nothing runs by itself. */
  start?(context: DomainContext): Promise<Started>;
}

/** What a domain is given to live in. */
export interface DomainContext {
  readonly hostId: string;
  readonly database: DatabaseHandle;
  readonly journal: Journal & { readonly log: DurableLog };
  readonly log: Log;
  /** What may be held in memory for clients. */
  readonly memory: MemoryBudget;
}

export interface Started {
  readonly sources?: readonly Source[];
  /** What is to be done by the clock, once for all instances that share the database. */
  readonly jobs?: readonly Job[];
  readonly stop?: () => Promise<void> | void;
}
