import type { Entry, Topic } from '../journal/topic.ts';

/** A value of one series: of a gauge field about one object, or of a metric with one set of labels. */
export interface SeriesValue {
  /** What the value is about: the subject of the alert. Empty if there is only one object. */
  readonly subject: string;
  /** Null: not measured. */
  readonly value: number | null;
  /** Unix milliseconds. */
  readonly at: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly provider?: string;
}

/** A number of a gauge that alert rules can evaluate. */
export interface RuleField {
  /** `host.cpu.usedPercent` */
  readonly name: string;
  readonly unit: string | null;
  readonly description: string;
  readonly topic: Topic<unknown, 'LATEST'>;
  /** The interval at which the gauge is sampled while a rule evaluates it, in milliseconds. */
  readonly everyMs: number;
  /** The values of the field in a value of the gauge: one for each object that it is about. */
  readonly read: (entry: Entry) => readonly SeriesValue[];
}

/** The paths of the numbers in an object: `cpu.usedPercent`. */
type NumberPath<Value> = {
  [Name in keyof Value & string]: NonNullable<Value[Name]> extends number
    ? Name
    : NonNullable<Value[Name]> extends string | boolean | readonly unknown[]
      ? never
      : `${Name}.${NumberPath<NonNullable<Value[Name]>>}`;
}[keyof Value & string];

/** The numbers of a gauge; see `ruleFields`. */
export interface RuleGauge<Payload, Item> {
  readonly topic: Topic<Payload, 'LATEST'>;
  /** The interval at which the gauge is sampled while a rule evaluates it, in milliseconds. */
  readonly everyMs: number;
  /** The objects that a value of the gauge is about. */
  readonly items: (entry: Entry<Payload>) => readonly {
    readonly item: Item;
    readonly about: Pick<SeriesValue, 'subject' | 'labels' | 'provider'>;
  }[];
  readonly fields: {
    readonly [Path in NumberPath<Item>]?: readonly [unit: string | null, description: string];
  };
}

const declared = new Map<string, RuleField>();

/** The declared numbers of a gauge together: for its stored history. */
export interface NumericGauge {
  readonly topic: Topic<unknown, 'LATEST'>;
  readonly fields: Readonly<Record<string, readonly [unit: string | null, description: string]>>;
  /** The objects that a value of the gauge is about, each with its numbers by path; null: not measured. */
  readonly read: (
    entry: Entry,
  ) => readonly { readonly subject: string; readonly values: Readonly<Record<string, number | null>> }[];
}

const gauges = new Map<string, NumericGauge>();

/** The numbers that were declared with this prefix. */
export function numericGauge(prefix: string): NumericGauge {
  const gauge = gauges.get(prefix);
  if (gauge === undefined) throw new Error(`no numbers of a gauge are declared as ${prefix}`);
  return gauge;
}

/** The declared fields by name. */
export function declaredRuleFields(): ReadonlyMap<string, RuleField> {
  return declared;
}

/** For a gauge whose values are each about the object of their key. */
export function itemOfKey<Payload>({ key, payload }: Entry<Payload>) {
  return [{ item: payload, about: { subject: key, labels: {} } }];
}

/** For a gauge that has only one key. */
export function onlyItem<Payload>({ payload }: Entry<Payload>) {
  return [{ item: payload, about: { subject: '', labels: {} } }];
}

/**
 * Declares the numbers of a gauge that alert rules can evaluate, by their paths in the payload:
 *
 *     ruleFields('host', {
 *       topic: hostSampled,
 *       everyMs: 5_000,
 *       items: itemOfKey,
 *       fields: { 'cpu.usedPercent': ['percent', 'CPU usage of the host.'] },
 *     });
 */
export function ruleFields<Payload, Item>(
  prefix: string,
  { topic, everyMs, items, fields }: RuleGauge<Payload, Item>,
): void {
  const paths = Object.entries(fields) as [string, readonly [string | null, string]][];
  gauges.set(prefix, {
    topic,
    fields: Object.fromEntries(paths),
    read: (entry) =>
      items(entry as Entry<Payload>).map(({ item, about }) => ({
        subject: about.subject,
        values: Object.fromEntries(paths.map(([path]) => [path, numberAt(item, path.split('.'))])),
      })),
  });
  for (const [path, [unit, description]] of paths) {
    const name = `${prefix}.${path}`;
    const properties = path.split('.');
    declared.set(name, {
      name,
      unit,
      description,
      topic,
      everyMs,
      read: (entry) =>
        items(entry as Entry<Payload>).map(({ item, about }) => ({
          ...about,
          value: numberAt(item, properties),
          at: entry.occurredAt,
        })),
    });
  }
}

function numberAt(item: unknown, properties: readonly string[]): number | null {
  let value: unknown = item;
  for (const name of properties)
    value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
