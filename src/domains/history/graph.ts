import type { ArgBuilder, InputFieldMap, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { exposedType, float } from '../../graph/exposed-fields.ts';
import {
  historyRange,
  historyRangeArgs,
  sharedHistoryRange,
  type HistoryRange,
} from '../../graph/history-range.ts';
import { isSelected } from '../../graph/is-selected.ts';
import { groupedLoader } from '../../graph/loaders.ts';
import { numericGauge, type NumericGauge } from '../../graph/rule-fields.ts';
import type { DownsampledRange, SamplePoint, SampleValue } from '../../lib/downsampled.ts';
import { readSamples } from './store.ts';

/** The history of a gauge; see `gaugeHistory`. */
export interface GaugeHistory<Args extends InputFieldMap> {
  /** The prefix of its `ruleFields`. */
  readonly gauge: string;
  /** Name of the type of the points: `GpuHistoryPoint`. */
  readonly type: string;
  /** Noun phrase for the object: `a GPU`. */
  readonly of: string;
  /** Arguments that select the object, besides `since`, `until` and `points`. */
  readonly args?: (t: ArgBuilder<GraphTypes>) => Args;
  /** The subject of the object, as `ruleFields` gives it. Default: that of a gauge with one object. */
  readonly subject?: (args: InputShapeFromFields<Args>, context: GraphContext) => string;
  /** Names of fields by their paths. Default: the last part of the path. */
  readonly names?: Readonly<Record<string, string>>;
}

const recorded = new Map<string, NumericGauge>();

/** The gauges whose history is stored, by name. */
export function recordedGauges(): ReadonlyMap<string, NumericGauge> {
  return recorded;
}

const HistoryValue = exposedType<SampleValue>(
  'HistoryValue',
  'A number over the samples of an interval that have it.',
  {
    avg: float('Mean of the samples.'),
    min: float('Smallest sample.'),
    max: float('Largest sample.'),
  },
);

/**
 * Declares a query field that returns the stored history of a gauge, with the arguments `since`, `until` and `points`.
 * The gauge is recorded from then on:
 *
 *     gaugeHistory('databaseHistory', {
 *       gauge: 'database',
 *       type: 'DatabaseHistoryPoint',
 *       of: 'the database',
 *     });
 */
export function gaugeHistory<Args extends InputFieldMap = InputFieldMap>(
  name: string,
  { gauge: prefix, names = {}, ...options }: GaugeHistory<Args>,
): DeclaredHistory {
  const gauge = numericGauge(prefix);
  recorded.set(prefix, gauge);
  const numbers = Object.entries(gauge.fields).map(
    ([path, [unit, description]]) =>
      [names[path] ?? path.split('.').at(-1) ?? path, { path, unit, description }] as const,
  );
  if (new Set(numbers.map(([field]) => field)).size < numbers.length)
    throw new Error(`${name}: two numbers have the same field name; give one of them another in \`names\``);
  return sampledHistory(name, {
    ...options,
    numbers: new Map(numbers),
    source:
      'the table gauge_samples, with a sample every HISTORY_INTERVAL_S seconds, retained for RETENTION_DAYS',
    read: (db, subjects, range) => readSamples(db, { gauge: prefix, subjects, ...range }),
  });
}

/** A history that has a table of its own; see `gaugeHistory` for the others. */
export interface SampledHistory<Args extends InputFieldMap> extends Pick<
  GaugeHistory<Args>,
  'type' | 'of' | 'args' | 'subject'
> {
  /** Noun phrase for the table, the time between samples and their retention. */
  readonly source: string;
  /** The numbers by the names of their fields. Unit: null for counts. */
  readonly numbers: ReadonlyMap<
    string,
    { readonly path: string; readonly unit: string | null; readonly description: string }
  >;
  /** The histories by subject. One statement. */
  readonly read: (
    db: Kysely<Database>,
    subjects: readonly string[],
    range: DownsampledRange,
  ) => Promise<ReadonlyMap<string, readonly SamplePoint[]>>;
}

/** Declares a query field that returns a history, with the arguments `since`, `until` and `points`. */
export function sampledHistory<Args extends InputFieldMap = InputFieldMap>(
  name: string,
  { type, of, args, subject, source, numbers, read }: SampledHistory<Args>,
): DeclaredHistory {
  const Point = builder.objectRef<SamplePoint>(type).implement({
    description: `An interval of the history of ${of}. A field is null if no sample of the interval has the number.`,
    fields: (t) => ({
      startsAt: t.field({
        type: 'DateTime',
        description: 'Start of the interval.',
        resolve: (point) => point.at,
      }),
      sampleCount: t.exposeInt('samples', { description: 'Number of samples in the interval.' }),
      ...Object.fromEntries(
        [...numbers].map(([field, { path, unit, description }]) => [
          field,
          t.field({
            type: HistoryValue,
            nullable: true,
            description: unit === null ? description : `${description} Unit: ${unit}.`,
            resolve: ({ values }) => values[path] ?? null,
          }),
        ]),
      ),
    }),
  });
  /** Reads the histories of one range and selection with one statement. */
  const samplesOf = groupedLoader<DownsampledRange, readonly SamplePoint[]>(({ db }, subjects, range) =>
    read(db, subjects, range),
  );
  const load: DeclaredHistory['load'] = async (context, about, range, info) => {
    const paths = [...numbers].filter(([field]) => isSelected(info, field)).map(([, { path }]) => path);
    return [...((await samplesOf(context, about, { ...range, paths })) ?? [])];
  };
  builder.queryField(name, (t) =>
    t.field({
      type: [Point],
      requires: 'read',
      description:
        `Returns the history of ${of}, oldest first, in at most \`points\` intervals; intervals without samples are omitted. ` +
        `Source: ${source}.`,
      args: { ...args?.(t.arg), ...historyRangeArgs(t.arg) },
      resolve: async (_root, given, context, info) => {
        const about = subject?.(given as InputShapeFromFields<Args>, context) ?? '';
        return load(context, about, historyRange(given), info);
      },
    }),
  );
  return { name, type: Point, load };
}

/** What `gaugeHistory` and `sampledHistory` return, for `historyLink`. */
interface DeclaredHistory {
  /** Of the root field. */
  readonly name: string;
  readonly type: ObjectRef<GraphTypes, SamplePoint>;
  readonly load: (
    context: GraphContext,
    subject: string,
    range: HistoryRange,
    info: GraphQLResolveInfo,
  ) => Promise<SamplePoint[]>;
}

/** Adds the field `history` to an object whose gauge has a history. @param subject as `ruleFields` gives it. */
export function historyLink<Parent extends object>(
  parent: ObjectRef<GraphTypes, Parent>,
  { name, type, load }: DeclaredHistory,
  subject: (parent: Parent) => string,
): void {
  builder.objectField(parent, 'history', (t) =>
    t.field({
      type: [type],
      requires: 'read',
      extensions: { link: name },
      description:
        'Its history, oldest first, in at most `points` intervals; intervals without samples are omitted.',
      args: historyRangeArgs(t.arg),
      resolve: (source, args, context, info) =>
        load(context, subject(source), sharedHistoryRange(args), info),
    }),
  );
}
