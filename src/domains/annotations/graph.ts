import { builder } from '../../graph/builder.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import {
  dateTime,
  exposedFields,
  id,
  named,
  nullable,
  payloadFields,
  string,
  stringList,
} from '../../graph/exposed-fields.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { linkField } from '../../graph/links.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField } from '../../graph/reported-values.ts';
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
import { annotationList, toAnnotation } from './store.ts';

const annotationIdText = 'Identifies the annotation.';

/** The fields that an annotation has in common with the snapshots in events. */
const fields = {
  text: string(described.text),
  tags: stringList(`${described.tags} Empty if it has none.`),
  startsAt: dateTime('The instant that the annotation is about, or the start of the range.'),
  endsAt: nullable.dateTime('End of the range. Null if the annotation is about an instant.'),
  hostId: nullable.id(`${described.hostId} Null if it is not about a host.`),
  metricName: nullable.string(`${described.metricName} Null if it is not about a metric.`),
  provider: named(
    'providerName',
    nullable.string(`${described.providerName} Null if it is not about a provider.`),
  ),
  agentId: nullable.id(`${described.agentId} Null if it is not about an agent.`),
  modelId: nullable.id(`${described.modelId} Null if it is not about a model.`),
  createdAt: dateTime('When the annotation was created.'),
  createdBy: id('Subject of the credential that created the annotation.'),
  updatedAt: dateTime('When the annotation was last changed; when it was created if it never was.'),
  updatedBy: id('Subject of the credential that last changed the annotation.'),
};

export const Annotation = nodeType<AnnotationRecord>('Annotation', {
  description:
    'A text at an instant or in a range, which clients show on charts. Source: the mutation `createAnnotation` and the ' +
    'producer event `annotation`.',
  key: (annotation) => annotation.annotationId,
  load: fromList(annotationList, toAnnotation),
  fields: (t) => ({
    ...exposedFields(t, { annotationId: id(annotationIdText) }),
    ...exposedFields(t, fields),
  }),
});

const AnnotationFilter = builder.inputType('AnnotationFilter', {
  description: 'Selects annotations that match all given conditions.',
  fields: (t) => ({
    since: t.field({ type: 'DateTime', description: 'Only annotations that end at or after this instant.' }),
    until: t.field({ type: 'DateTime', description: 'Only annotations that start before this instant.' }),
    tags: t.stringList({
      bounds: { items: [1, 20], chars: [1, 64] },
      description: 'Only annotations with at least one of these tags.',
    }),
    hostId: t.id({ bounds: subjectBounds, description: 'Only annotations about this host.' }),
    metricName: t.string({ bounds: subjectBounds, description: 'Only annotations about this metric.' }),
    providerName: t.string({
      bounds: subjectBounds,
      description: 'Only annotations about the provider of this name.',
    }),
    agentId: t.id({ bounds: subjectBounds, description: 'Only annotations about this agent.' }),
    modelId: t.id({ bounds: subjectBounds, description: 'Only annotations about this model.' }),
  }),
});

export const annotations = keysetConnection('annotations', {
  name: 'Annotation',
  type: Annotation,
  list: annotationList,
  node: toAnnotation,
  followedBy: 'annotationEvents',
  description:
    'Returns annotations, latest `startsAt` first: with `since` and `until`, those that overlap the range of a chart. With ' +
    '`since`, `tags` or several conditions, a page may be short or empty while `hasNextPage` is true; continue after `endCursor`. ' +
    'Source: the table annotations, which keeps an annotation for RETENTION_DAYS after its last change.',
  page: 'A page of annotations.',
  edge: 'An annotation and its position in the list.',
  totalCount: 'Number of annotations that match the filter.',
  filterInput: AnnotationFilter,
  filter: ({ since = null, until = null, tags = null, ...subject }) => ({
    ...subjectOf(subject),
    since,
    until,
    tags,
  }),
  one: {
    field: 'annotation',
    description: 'Returns one annotation. Null if it does not exist, was deleted or is no longer retained.',
    key: 'annotationId',
    keyDescription:
      'The value of `annotationId` that `createAnnotation` returned, or the `key` of a producer.',
  },
});

const AnnotationSnapshot = builder.objectRef<AnnotationRecord>('AnnotationSnapshot').implement({
  description: 'An annotation at the time of an event. Source: the log.',
  fields: (t) => exposedFields(t, fields),
});

const annotationEvent = eventVariants<Record<AnnotationEventType, AnnotationRecord>>(
  'AnnotationEvent',
  annotationEvents,
  {
    kind: 'ANNOTATION',
    description: 'A change of an annotation.',
    typesDescription: 'What happened to an annotation.',
    fields: (t) => ({
      ...payloadFields(t, { annotationId: id(annotationIdText) }),
      annotation: linkField(t, {
        to: Annotation,
        description: 'The present state of the annotation. Null if it was deleted or is no longer retained.',
        key: ({ payload }) => payload.annotationId,
      }),
      annotationSnapshot: t.expose('payload', {
        type: AnnotationSnapshot,
        description: 'The annotation after the change. If it was deleted, the annotation before the change.',
      }),
    }),
    variants: (variant) => ({
      CREATED: variant(
        'annotationCreated',
        'AnnotationCreated',
        'A viewer or a producer created the annotation.',
      ),
      UPDATED: variant('annotationUpdated', 'AnnotationUpdated', 'A viewer changed the annotation.'),
      DELETED: variant('annotationDeleted', 'AnnotationDeleted', 'A viewer deleted the annotation.'),
    }),
  },
);

eventSubscription('annotationEvents', {
  ...annotationEvent,
  description: 'Created, changed and deleted annotations',
  ofKey: ['annotationId', 'Returns only events of this annotation. Default: all annotations.'],
});

eventsLink(
  Annotation,
  eventConnection('AnnotationEvent', { ...annotationEvent, followedBy: 'annotationEvents' }),
  { description: 'The changes of the annotation', of: ({ annotationId }) => ({ key: annotationId }) },
);

producerEvent('annotation', {
  description: 'An annotation, such as a deployment that a pipeline reports.',
  topic: annotationEvents,
  instant: {
    name: 'startsAt',
    description: 'The instant that the annotation is about, or the start of the range.',
  },
  keyNote: 'It becomes the `annotationId`.',
  fields: (t) => ({
    text: t.string({ required: true, bounds: textBounds, description: described.text }),
    tags: t.stringList({ bounds: tagsBounds, description: `${described.tags} Default: none.` }),
    endsAt: t.field({
      type: 'DateTime',
      description: 'End of the range. May be in the future. Default: the annotation is about an instant.',
    }),
    hostId: t.id({ bounds: subjectBounds, description: described.hostId }),
    metricName: t.string({ bounds: subjectBounds, description: described.metricName }),
    providerName: t.string({ bounds: subjectBounds, description: described.providerName }),
    agentId: t.id({ bounds: subjectBounds, description: described.agentId }),
    modelId: t.id({ bounds: subjectBounds, description: described.modelId }),
  }),
  type: 'annotationCreated',
  draft({ text, tags, endsAt, ...subject }, { viewer }, startsAt) {
    const end = endsAt?.getTime() ?? null;
    if (!isValidEnd(startsAt, end)) rejectField('endsAt', endRule);
    const now = Date.now();
    return {
      key: '',
      payload: {
        annotationId: '',
        text,
        tags: distinctTags(tags),
        startsAt,
        endsAt: end,
        ...subjectOf(subject),
        createdAt: now,
        createdBy: viewer.subject,
        updatedAt: now,
        updatedBy: viewer.subject,
      },
    };
  },
});
