import { computed, effect, type ReadonlySignal } from '@preact/signals';
import { AnnotationLiveDocument, AnnotationsDocument } from '../documents.generated.ts';
import type { AnnotationsQuery, AnnotationSummaryFragment } from '../documents.generated.ts';
import { nodesOf, upsertNodes } from './lists.ts';
import { shownSince } from './range.ts';
import { live, storeOf } from './resource.ts';

const annotationsMax = 500;

const store = computed(() =>
  storeOf({
    document: AnnotationsDocument,
    variables: { since: shownSince.value },
    live: [
      live({
        document: AnnotationLiveDocument,
        variables: (data: AnnotationsQuery) => ({ after: data.annotations?.liveCursor ?? null }),
        apply: (data, { annotationEventBatches: events }): AnnotationsQuery => {
          const changed = upsertNodes(
            data.annotations,
            events.map(({ annotation }) => annotation),
            { key: ({ annotationId }) => annotationId, max: annotationsMax },
          );
          const deleted = new Set(
            events.filter(({ annotation }) => annotation === null).map(({ annotationId }) => annotationId),
          );
          const edges = changed.edges.filter(({ node }) => !deleted.has(node.annotationId));
          return { annotations: { liveCursor: data.annotations?.liveCursor ?? '', edges } };
        },
      }),
    ],
  }),
);

/** The annotations that overlap the time range, or later ones. */
export const annotations: ReadonlySignal<readonly AnnotationSummaryFragment[]> = computed(() =>
  nodesOf(store.value.reading.value.value?.annotations),
);

/** Reads them as long as the page exists. */
export function followAnnotations(): void {
  let leave = (): void => {};
  effect(() => {
    const leaveNext = store.value.use();
    leave();
    leave = leaveNext;
  });
}
