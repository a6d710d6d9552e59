import type { InputFieldMap, InputRef, InputShapeFromFields } from '@pothos/core';
import type { RecordedGauge } from '../journal/gauge-recorder.ts';
import type { Draft, Topic } from '../journal/topic.ts';
import { builder, capitalized, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';

/** An event that producers may report; see `producerEvent`. */
export interface ProducerEvent<Payload, Fields extends InputFieldMap> {
  /** What the event is, in a few words. */
  readonly description: string;
  /** Of the input type. Default: the description of the event. */
  readonly inputDescription?: string;
  readonly topic: Topic<Payload, 'EVERY'>;
  /** In past tense. Default: the name of the member. `draft` may return another one. */
  readonly type?: string;
  /** What the time `at` means. Default: `When it happened.` */
  readonly at?: string;
  /** Sentences behind the descriptions of `id` and `at`. */
  readonly notes?: { readonly id?: string; readonly at?: string };
  /** Of the input type, besides `id` and `at`. */
  readonly fields: (t: InputFieldBuilder) => Fields;
  /**
   * The event as it is stored. Changes nothing; what is allowed may depend on gauges of the context.
   * @throws AppError BAD_USER_INPUT through `refuse`, naming the field and what is allowed.
   */
  readonly draft: (
    fields: Filled<InputShapeFromFields<Fields>>,
    context: GraphContext,
    /** Unix milliseconds. */
    occurredAt: number,
  ) => {
    readonly key: string;
    readonly payload: NoInfer<Payload>;
    readonly type?: string;
    /** Where the producer gives none. Default: a new UUID. */
    readonly id?: string;
  };
}

export type InputFieldBuilder = PothosSchemaTypes.InputFieldBuilder<GraphTypes, 'InputObject'>;

/** What was left out is null. */
type Filled<Fields> = {
  readonly [Name in keyof Fields]-?: undefined extends Fields[Name]
    ? Exclude<Fields[Name], undefined> | null
    : Fields[Name];
};

/** A member of the argument of `publish`. */
export interface ProducerEventMember {
  readonly description: string;
  readonly input: InputRef<GivenFields>;
  readonly draft: (given: GivenFields, reported: Reported, context: GraphContext) => Report;
}

/** What a producer reports, ready to be stored: an event or a value of a gauge. */
export type Report = Draft | RecordedGauge;

export interface GivenFields {
  readonly [name: string]: unknown;
  readonly id?: string | null;
  readonly at?: Date | null;
}

/** What every event may carry besides its own fields. */
export interface Reported {
  readonly id?: string;
  /** Unix milliseconds. */
  readonly occurredAt: number;
}

const members = new Map<string, ProducerEventMember>();

/** By name. The mutation `publish` and the HTTP endpoint for producers are built from them. */
export function producerEvents(): ReadonlyMap<string, ProducerEventMember> {
  return members;
}

const idempotency = 'Idempotency key: a second event with it is accepted and not stored again.';

/**
 * Declares an event that producers may report: a member of the argument of `publish`, and its input type, which has the
 * fields `id` and `at` besides its own.
 *
 *     producerEvent('fileValidated', {
 *       description: 'What a validator found in a file.',
 *       topic: fileEvents,
 *       fields: (t) => ({ uploadId: t.id({ required: true, description: 'The upload.' }) }),
 *       draft: (payload) => ({ key: payload.uploadId, payload }),
 *     });
 */
export function producerEvent<Payload, Fields extends InputFieldMap>(
  name: string,
  options: ProducerEvent<Payload, Fields>,
): void {
  const { topic, type = name, notes } = options;
  addMember(name, {
    ...options,
    common: (t) => ({
      id: t.id({ description: sentences(idempotency, notes?.id) }),
      ...timeField(t, options),
    }),
    draft: (fields, reported, context) => {
      const draft = options.draft(fields, context, reported.occurredAt);
      return { topic, type, ...draft, ...reported, reportedBy: context.viewer.subject };
    },
  });
}

/** A value of a gauge that producers may report; see `producerGauge`. */
export interface ProducerGauge<Payload, Fields extends InputFieldMap> extends Pick<
  ProducerEvent<Payload, Fields>,
  'description' | 'inputDescription' | 'at' | 'fields'
> {
  readonly topic: Topic<Payload, 'LATEST'>;
  /** The value. @throws AppError BAD_USER_INPUT through `refuse`, naming the field and what is allowed. */
  readonly gauge: (
    fields: Filled<InputShapeFromFields<Fields>>,
    context: GraphContext,
    /** Unix milliseconds. */
    occurredAt: number,
  ) => { readonly key: string; readonly payload: NoInfer<Payload> };
}

/**
 * Declares a value of a gauge that producers may report: a member of the argument of `publish`, and its input type,
 * which has the field `at` besides its own. The domain has a `GaugeHandler` of the topic.
 */
export function producerGauge<Payload, Fields extends InputFieldMap>(
  name: string,
  options: ProducerGauge<Payload, Fields>,
): void {
  const { topic } = options;
  addMember(name, {
    ...options,
    common: (t) => timeField(t, options),
    draft: (fields, { occurredAt }, context) => ({
      topic,
      occurredAt,
      ...options.gauge(fields, context, occurredAt),
    }),
  });
}

interface MemberOptions<Fields extends InputFieldMap> {
  readonly description: string;
  readonly inputDescription?: string;
  readonly fields: (t: InputFieldBuilder) => Fields;
  /** Fields that the input type has besides its own. */
  readonly common: (t: InputFieldBuilder) => InputFieldMap;
  readonly draft: (
    fields: Filled<InputShapeFromFields<Fields>>,
    reported: Reported,
    context: GraphContext,
  ) => Report;
}

function addMember<Fields extends InputFieldMap>(name: string, options: MemberOptions<Fields>): void {
  const { description, inputDescription = description } = options;
  let names: readonly string[] = [];
  const input: InputRef<GivenFields> = builder.inputType(`${capitalized(name)}Input`, {
    description: inputDescription,
    fields: (t) => {
      const own = options.fields(t);
      names = Object.keys(own);
      return { ...own, ...options.common(t) };
    },
  });
  members.set(name, {
    input,
    description,
    draft: (given, reported, context) => {
      const fields = Object.fromEntries(names.map((field) => [field, given[field] ?? null]));
      return options.draft(fields as Filled<InputShapeFromFields<Fields>>, reported, context);
    },
  });
}

function timeField(
  t: InputFieldBuilder,
  { at = 'When it happened.', notes }: Pick<ProducerEvent<unknown, InputFieldMap>, 'at' | 'notes'>,
): InputFieldMap {
  return { at: t.field({ type: 'DateTime', description: sentences(`${at} Default: now.`, notes?.at) }) };
}

function sentences(text: string, more: string | undefined): string {
  return more === undefined ? text : `${text} ${more}`;
}
