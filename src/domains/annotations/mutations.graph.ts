import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import type { InputFieldBuilder } from '../../graph/producer-event.ts';
import { isStorable } from '../../lib/storable.ts';
import { timeOrderedId } from '../../lib/time-ordered-id.ts';
import { ownAudit, type OwnAuditType } from '../governance/events.ts';
import { annotationEvents, type AnnotationEventType, type AnnotationRecord } from './events.ts';
import {
  described,
  distinctTags,
  endRule,
  isValidEnd,
  subjectBounds,
  subjectOf,
  tagsBounds,
  textBounds,
} from './fields.ts';
import { Annotation } from './graph.ts';
import { lockAnnotation, removeAnnotation, storeAnnotation } from './store.ts';

function annotationId(t: InputFieldBuilder) {
  return t.id({ required: true, bounds: subjectBounds, description: 'Identifies the annotation.' });
}

function subjectFields(t: InputFieldBuilder) {
  return {
    hostId: t.id({ bounds: subjectBounds, description: described.hostId }),
    metricName: t.string({ bounds: subjectBounds, description: described.metricName }),
    providerName: t.string({ bounds: subjectBounds, description: described.providerName }),
    agentId: t.id({ bounds: subjectBounds, description: described.agentId }),
    modelId: t.id({ bounds: subjectBounds, description: described.modelId }),
  };
}

const CreateAnnotationInput = builder.inputType('CreateAnnotationInput', {
  description: 'The properties of a new annotation.',
  fields: (t) => ({
    text: t.string({ required: true, bounds: textBounds, description: described.text }),
    tags: t.stringList({ bounds: tagsBounds, description: `${described.tags} Default: none.` }),
    startsAt: t.field({
      type: 'DateTime',
      description:
        'The instant that it is about, or the start of the range. May be in the future. Default: now.',
    }),
    endsAt: t.field({
      type: 'DateTime',
      description: 'End of the range. Default: the annotation is about an instant.',
    }),
    ...subjectFields(t),
  }),
});

const UpdateAnnotationInput = builder.inputType('UpdateAnnotationInput', {
  description: 'A change of an annotation. Members that are not given do not change.',
  fields: (t) => ({
    annotationId: annotationId(t),
    text: t.string({ bounds: textBounds, description: described.text }),
    tags: t.stringList({
      bounds: tagsBounds,
      description: `${described.tags} They replace the former ones.`,
    }),
    startsAt: t.field({
      type: 'DateTime',
      description: 'The instant that it is about, or the start of the range.',
    }),
    endsAt: t.field({
      type: 'DateTime',
      description: 'End of the range. Null: the annotation is about an instant.',
    }),
    ...subjectFields(t),
  }),
});

const DeleteAnnotationInput = builder.inputType('DeleteAnnotationInput', {
  description: 'Selects one annotation.',
  fields: (t) => ({ annotationId: annotationId(t) }),
});

builder.mutationField('createAnnotation', (t) =>
  t.field({
    type: Annotation,
    requires: 'write',
    description: 'Creates an annotation. Audited as `annotation_created`.',
    args: {
      input: t.arg({ type: CreateAnnotationInput, required: true, description: 'Text, time and subject.' }),
    },
    errors: {
      types: [InvalidInput],
      dataField: { name: 'annotation', description: 'The new annotation.' },
    },
    resolve: (_root, { input }, context) => {
      const now = Date.now();
      const { subject: by } = context.viewer;
      const created: AnnotationRecord = {
        annotationId: timeOrderedId(now),
        text: input.text,
        tags: distinctTags(input.tags),
        startsAt: input.startsAt?.getTime() ?? now,
        endsAt: input.endsAt?.getTime() ?? null,
        ...subjectOf(input),
        createdAt: now,
        createdBy: by,
        updatedAt: now,
        updatedBy: by,
      };
      return transact(context, 'annotationCreated', async () => created);
    },
  }),
);

builder.mutationField('updateAnnotation', (t) =>
  t.field({
    type: Annotation,
    requires: 'write',
    description: 'Changes an annotation, also one of another subject. Audited as `annotation_updated`.',
    args: { input: t.arg({ type: UpdateAnnotationInput, required: true, description: 'What to change.' }) },
    errors: {
      types: [InvalidInput, NotFound],
      dataField: { name: 'annotation', description: 'The annotation after the change.' },
    },
    resolve: (_root, { input }, context) =>
      transact(context, 'annotationUpdated', async (db) => {
        const before = await existing(db, input.annotationId);
        const { text, tags, startsAt, endsAt } = input;
        return {
          ...before,
          ...subjectOf({ ...before, providerName: before.provider, ...input }),
          text: text ?? before.text,
          tags: tags ? distinctTags(tags) : before.tags,
          startsAt: startsAt?.getTime() ?? before.startsAt,
          endsAt: endsAt === undefined ? before.endsAt : (endsAt?.getTime() ?? null),
          updatedAt: Date.now(),
          updatedBy: context.viewer.subject,
        };
      }),
  }),
);

builder.mutationField('deleteAnnotation', (t) =>
  t.field({
    type: Annotation,
    requires: 'write',
    description: 'Deletes an annotation, also one of another subject. Audited as `annotation_deleted`.',
    args: {
      input: t.arg({
        type: DeleteAnnotationInput,
        required: true,
        description: 'Identifies the annotation that is removed.',
      }),
    },
    errors: {
      types: [NotFound],
      dataField: { name: 'annotation', description: 'The deleted annotation.' },
    },
    resolve: (_root, { input }, context) =>
      transact(context, 'annotationDeleted', (db) => existing(db, input.annotationId)),
  }),
);

async function existing(db: Kysely<Database>, wanted: string): Promise<AnnotationRecord> {
  const annotation = isStorable(wanted) ? await lockAnnotation(db, wanted) : null;
  if (annotation === null) throw new NotFound('annotation', wanted);
  return annotation;
}

const audits: Readonly<Record<AnnotationEventType, readonly [OwnAuditType, action: string]>> = {
  annotationCreated: ['annotation_created', 'created annotation'],
  annotationUpdated: ['annotation_updated', 'updated annotation'],
  annotationDeleted: ['annotation_deleted', 'deleted annotation'],
};

/** Makes a change, and stores its event and its audit entry, all in one transaction. */
async function transact(
  { journal, viewer }: GraphContext,
  type: AnnotationEventType,
  change: (db: Kysely<Database>) => Promise<AnnotationRecord>,
): Promise<AnnotationRecord> {
  const { value } = await journal.log.transact(async (db) => {
    const annotation = await change(db);
    const { annotationId: key, text, tags, startsAt, endsAt } = annotation;
    if (!isValidEnd(startsAt, endsAt)) throw new InvalidInput('endsAt', endRule);
    if (!isStorable(annotation)) throw new InvalidInput('text', 'Unicode without U+0000, as are all texts');
    if (type === 'annotationDeleted') await removeAnnotation(db, key);
    else await storeAnnotation(db, annotation);
    const [audited, action] = audits[type];
    const details = JSON.stringify({ text: text.slice(0, 200), tags, startsAt: new Date(startsAt) });
    const audit = ownAudit(audited, viewer.subject, { targetId: key, action, details });
    // The id of the first event is that of the annotation, as it is for producers, who so cannot report it again.
    const ids = type === 'annotationCreated' ? { id: key } : {};
    const event = { topic: annotationEvents, key, type, ...ids, payload: annotation };
    return { value: annotation, drafts: [event, audit] };
  });
  return value;
}
