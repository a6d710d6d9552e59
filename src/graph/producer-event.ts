import type { InputFieldMap, InputRef, InputShapeFromFields } from '@pothos/core';
import type { RecordedGauge } from '../journal/gauge-recorder.ts';
import type { Draft, Topic } from '../journal/topic.ts';
import { capitalized } from '../lib/camel-case.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';

/** An event that producers can report; see `producerEvent`. */
export interface ProducerEvent<Payload, Fields extends InputFieldMap> {
  readonly description: string;
  /** Name of the input type. Default: from the name of the member, `workflow` as `WorkflowInput`. */
  readonly inputName?: string;
  /** Description of the input type. Default: `description`. */
  readonly inputDescription?: string;
  readonly topic: Topic<Payload, 'EVERY'>;
  /** `Entry.type`, in the past tense. Default: the event's name. `draft` can return another type. */
  readonly type?: string;
  /** Description of the field `at`. Default: `When the event happened.` */
  readonly at?: string;
  /** Sentences to append to the descriptions of `key` and `at`. */
  readonly notes?: { readonly key?: string; readonly at?: string };
  /** Fields of the input type besides `key` and `at`. */
  readonly fields: (t: InputFieldBuilder) => Fields;
  /**
   * Returns the event to store. Must have no side effects; validation may depend on gauges.
   * @throws AppError BAD_USER_INPUT that names the field and the allowed values, through `rejectField`.
   */
  readonly draft: (
    fields: NullInsteadOfAbsent<InputShapeFromFields<Fields>>,
    context: GraphContext,
    /** Unix milliseconds. */
    occurredAt: number,
  ) => {
    readonly key: string;
    readonly payload: NoInfer<Payload>;
    readonly type?: string;
    /** The id if the producer gave none. Default: a new UUID. */
    readonly id?: string;
  };
}

export type InputFieldBuilder = PothosSchemaTypes.InputFieldBuilder<GraphTypes, 'InputObject'>;

/** Fields that the producer did not give are null. */
type NullInsteadOfAbsent<Fields> = {
  readonly [Name in keyof Fields]-?: undefined extends Fields[Name]
    ? Exclude<Fields[Name], undefined> | null
    : Fields[Name];
};

/** A member of the input type of `publish`. */
export interface ProducerEventMember {
  readonly description: string;
  readonly input: InputRef<ProducerInput>;
  readonly draft: (input: ProducerInput, common: CommonFields, context: GraphContext) => Report;
}

/** A report of a producer, ready to be stored: an event or a value of a gauge. */
export type Report = Draft | RecordedGauge;

export interface ProducerInput {
  readonly [name: string]: unknown;
  readonly key?: string | null;
  readonly at?: Date | null;
}

/** The fields that all reported events have. */
export interface CommonFields {
  readonly id?: string;
  /** Unix milliseconds. */
  readonly occurredAt: number;
}

const members = new Map<string, ProducerEventMember>();

/** The declared events by name. The mutation `publish` is built from them. */
export function producerEvents(): ReadonlyMap<string, ProducerEventMember> {
  return members;
}

const idempotency = 'Idempotency key. A second event with the same key is accepted and not stored again.';

/**
 * Declares an event that producers can report: a member of the input of `publish`, whose type has the fields `key` and
 * `at` besides its own.
 *
 *     producerEvent('fileValidated', {
 *       description: 'The result of validating a file.',
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
      key: t.id({ description: joined(idempotency, notes?.key) }),
      ...timeField(t, options),
    }),
    draft: (fields, common, context) => {
      const draft = options.draft(fields, context, common.occurredAt);
      return { topic, type, ...draft, ...common, reportedBy: context.viewer.subject };
    },
  });
}

/** A value of a gauge that producers can report; see `producerGauge`. */
export interface ProducerGauge<Payload, Fields extends InputFieldMap> extends Pick<
  ProducerEvent<Payload, Fields>,
  'description' | 'inputDescription' | 'at' | 'fields'
> {
  readonly topic: Topic<Payload, 'LATEST'>;
  /** Returns the value. @throws AppError BAD_USER_INPUT that names the field and the allowed values. */
  readonly gauge: (
    fields: NullInsteadOfAbsent<InputShapeFromFields<Fields>>,
    context: GraphContext,
    /** Unix milliseconds. */
    occurredAt: number,
  ) => { readonly key: string; readonly payload: NoInfer<Payload> };
}

/**
 * Declares a gauge whose values producers can report: a member of the input of `publish`, whose type has the field `at`
 * besides its own. The domain must have a `GaugeHandler` for the topic.
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
  readonly inputName?: string;
  readonly description: string;
  readonly inputDescription?: string;
  readonly fields: (t: InputFieldBuilder) => Fields;
  /** Fields of the input type besides `fields`. */
  readonly common: (t: InputFieldBuilder) => InputFieldMap;
  readonly draft: (
    fields: NullInsteadOfAbsent<InputShapeFromFields<Fields>>,
    common: CommonFields,
    context: GraphContext,
  ) => Report;
}

function addMember<Fields extends InputFieldMap>(name: string, options: MemberOptions<Fields>): void {
  const { description, inputDescription = description, inputName = `${capitalized(name)}Input` } = options;
  let names: readonly string[] = [];
  const inputType: InputRef<ProducerInput> = builder.inputType(inputName, {
    description: inputDescription,
    fields: (t) => {
      const fields = options.fields(t);
      names = Object.keys(fields);
      return { ...fields, ...options.common(t) };
    },
  });
  members.set(name, {
    input: inputType,
    description,
    draft: (input, common, context) => {
      const fields = Object.fromEntries(names.map((field) => [field, input[field] ?? null]));
      return options.draft(fields as NullInsteadOfAbsent<InputShapeFromFields<Fields>>, common, context);
    },
  });
}

function timeField(
  t: InputFieldBuilder,
  { at = 'When the event happened.', notes }: Pick<ProducerEvent<unknown, InputFieldMap>, 'at' | 'notes'>,
): InputFieldMap {
  return { at: t.field({ type: 'DateTime', description: joined(`${at} Default: now.`, notes?.at) }) };
}

function joined(text: string, note: string | undefined): string {
  return note === undefined ? text : `${text} ${note}`;
}
