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
  /** The field with the instant of the event. */
  readonly instant?: Instant;
  /** Sentence to append to the description of `key`. */
  readonly keyNote?: string;
  /** Fields of the input type besides `key` and the instant. */
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

/** A field that says when something happened. It may be in the past, and is now if a producer does not give it. */
export interface Instant {
  /** Default: `occurredAt`. */
  readonly name?: string;
  /** Default: `When the event happened.` */
  readonly description?: string;
  /** Sentence to append after the default. */
  readonly note?: string;
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
  /** Name of the field with the instant. */
  readonly instant: string;
  readonly draft: (input: ProducerInput, common: CommonFields, context: GraphContext) => Report;
}

/** A report of a producer, ready to be stored: an event or a value of a gauge. */
export type Report = Draft | RecordedGauge;

export interface ProducerInput {
  readonly [name: string]: unknown;
  readonly key?: string | null;
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
 * `occurredAt` besides its own.
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
  const { topic, type = name, keyNote } = options;
  addMember(name, {
    ...options,
    common: (t) => ({
      key: t.id({ description: joined(idempotency, keyNote) }),
      ...instantField(t, options.instant),
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
  'description' | 'inputDescription' | 'instant' | 'fields'
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
 * Declares a gauge whose values producers can report: a member of the input of `publish`, whose type has a field
 * with the instant besides its own. The domain must have a `GaugeHandler` for the topic.
 */
export function producerGauge<Payload, Fields extends InputFieldMap>(
  name: string,
  options: ProducerGauge<Payload, Fields>,
): void {
  const { topic } = options;
  addMember(name, {
    ...options,
    common: (t) => instantField(t, options.instant),
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
  readonly instant?: Instant;
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
    instant: options.instant?.name ?? instantName,
    description,
    draft: (input, common, context) => {
      const fields = Object.fromEntries(names.map((field) => [field, input[field] ?? null]));
      return options.draft(fields as NullInsteadOfAbsent<InputShapeFromFields<Fields>>, common, context);
    },
  });
}

const instantName = 'occurredAt';

function instantField(
  t: InputFieldBuilder,
  { name = instantName, description = 'When the event happened.', note }: Instant = {},
): InputFieldMap {
  return { [name]: t.field({ type: 'DateTime', description: joined(`${description} Default: now.`, note) }) };
}

function joined(text: string, note: string | undefined): string {
  return note === undefined ? text : `${text} ${note}`;
}
