import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedAnnotations } from '../../src/domains/annotations/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { removeBefore } from '../_util/remove-old.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const env = {
  FEATURE_SYSTEM_MONITORING: 'false',
  FEATURE_DATABASE_MONITORING: 'false',
  AUTH_TOKENS: 'pat-token:pat:developer,dev-token:dev:developer,ann-token:ann:user',
};
const as = (name: string): Record<string, string> => ({ authorization: `Bearer ${name}-token` });
const snapshotFields = `text tags startsAt endsAt hostId metricName provider: providerName agentId modelId
  createdAt createdBy updatedAt updatedBy`;
const fields = `annotationId ${snapshotFields}`;

interface Annotation {
  annotationId: string;
  text: string;
  updatedAt: string;
}
interface Result {
  __typename: string;
  annotation: Annotation;
  field?: string;
  what?: string;
}

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(env, { keep: true });
});
afterAll(() => app.stop());

function at(minute: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
}

async function mutate(
  name: 'createAnnotation' | 'updateAnnotation' | 'deleteAnnotation',
  input: object,
  by = 'pat',
): Promise<Result> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const invalid = name === 'deleteAnnotation' ? '' : '... on InvalidInput { field }';
  const notFound = name === 'createAnnotation' ? '' : '... on NotFound { what }';
  const { data, errors } = await app.graphql<Record<string, Result>>(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
      ... on ${type}Success { annotation { ${fields} } } ${invalid} ${notFound} } }`,
    { input },
    as(by),
  );
  expect(errors).toBeUndefined();
  return data[name] as Result;
}

async function texts(filter: object): Promise<string[]> {
  const { data, errors } = await app.graphql<{
    annotations: { totalCount: number; edges: { node: Annotation }[] };
  }>(
    'query ($filter: AnnotationFilter) { annotations(filter: $filter) { totalCount edges { node { text } } } }',
    { filter },
    as('ann'),
  );
  expect(errors).toBeUndefined();
  expect(data.annotations.totalCount).toBe(data.annotations.edges.length);
  return data.annotations.edges.map(({ node }) => node.text).toReversed();
}

describe('an annotation', () => {
  it('is created, changed and deleted, with an event and an audit entry each time', async () => {
    const client = graphqlClient(app.wsUrl, { connectionParams: { token: 'ann-token' } });
    const { annotation: other } = await mutate('createAnnotation', { text: 'another' });
    const created = await mutate('createAnnotation', {
      text: 'Version 2 was deployed',
      tags: ['deploy', 'shop', 'deploy'],
      startsAt: at(1),
      endsAt: at(2),
      hostId: 'web-1',
      metricName: 'orders',
    });
    const { annotationId } = created.annotation;
    const first = {
      annotationId,
      text: 'Version 2 was deployed',
      tags: ['deploy', 'shop'],
      startsAt: at(1),
      endsAt: at(2),
      hostId: 'web-1',
      metricName: 'orders',
      provider: null,
      agentId: null,
      modelId: null,
      createdAt: created.annotation.updatedAt,
      createdBy: 'pat',
      updatedAt: created.annotation.updatedAt,
      updatedBy: 'pat',
    };
    expect(created).toEqual({ __typename: 'CreateAnnotationSuccess', annotation: first });
    const change = { annotationId, text: 'Version 2 was rolled back', endsAt: null, hostId: null };
    const updated = await mutate('updateAnnotation', change, 'dev');
    const second = { ...first, ...change, updatedBy: 'dev', updatedAt: updated.annotation.updatedAt };
    expect(updated.annotation).toEqual(second);
    const { data } = await app.graphql(
      `{ annotation(annotationId: "${annotationId}") { ${fields} } }`,
      {},
      as('ann'),
    );
    expect(data).toEqual({ annotation: second });
    expect((await mutate('deleteAnnotation', { annotationId })).annotation).toEqual(second);
    for (const name of ['updateAnnotation', 'deleteAnnotation'] as const)
      expect(await mutate(name, { annotationId })).toEqual({ __typename: 'NotFound', what: 'annotation' });
    expect(await texts({ hostId: 'web-1' })).toEqual([]);

    const events = client.iterate({
      query: `subscription { events(types: [ANNOTATION], after: "earliest") {
        ... on AnnotationEvent { type: __typename annotationId annotation: annotationSnapshot { ${snapshotFields} } } } }`,
    });
    const next = async (): Promise<unknown> =>
      ((await events.next()).value as { data: { events: { annotationId: string } } }).data.events;
    expect(await next()).toMatchObject({ type: 'AnnotationCreated', annotationId: other.annotationId });
    const event = (type: string, { annotationId: _id, ...annotation }: Annotation) => ({
      type,
      annotationId,
      annotation,
    });
    expect(await next()).toEqual(event('AnnotationCreated', first));
    expect(await next()).toEqual(event('AnnotationUpdated', second));
    expect(await next()).toEqual(event('AnnotationDeleted', second));
    const audited = await app.graphql<{ auditLogs: { edges: { node: object }[] } }>(
      `{ auditLogs(filter: { targetId: "${annotationId}" }) { edges { node { eventType actorId } } } }`,
      {},
      as('ann'),
    );
    expect(audited.data.auditLogs.edges.map(({ node }) => node)).toEqual([
      { eventType: 'annotation_deleted', actorId: 'pat' },
      { eventType: 'annotation_updated', actorId: 'dev' },
      { eventType: 'annotation_created', actorId: 'pat' },
    ]);
  });

  it.each([
    ['an end before the start', { text: 'x', startsAt: at(2), endsAt: at(1) }, 'endsAt'],
    ['a text that cannot be stored', { text: 'a\u0000b' }, 'text'],
  ])('cannot have %s', async (_, input, field) => {
    expect(await mutate('createAnnotation', input)).toEqual({ __typename: 'InvalidInput', field });
  });

  it('requires the capability `write`', async () => {
    const { errors } = await app.graphql(
      'mutation { createAnnotation(input: { text: "x" }) { __typename } }',
      {},
      as('ann'),
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('is listed for the charts whose range it overlaps, and by tag and subject', async () => {
    const about = { providerName: 'chart' };
    for (const input of [
      { text: 'before', startsAt: at(0), endsAt: at(9) },
      { text: 'into', startsAt: at(5), endsAt: at(11), tags: ['a'] },
      { text: 'at the start', startsAt: at(10), tags: ['b'] },
      { text: 'inside', startsAt: at(12), tags: ['a', 'c'] },
      { text: 'at the end', startsAt: at(20) },
    ])
      await mutate('createAnnotation', { ...input, ...about });
    const range = { ...about, since: at(10), until: at(20) };
    expect(await texts(range)).toEqual(['into', 'at the start', 'inside']);
    expect(await texts({ ...range, tags: ['a', 'b'] })).toEqual(['into', 'at the start', 'inside']);
    expect(await texts({ ...range, tags: ['c'] })).toEqual(['inside']);
    expect(await texts({ ...range, modelId: 'none' })).toEqual([]);
  });

  it('can be reported by producers once per id, and then changed and deleted', async () => {
    const publish = publishMutation('accepted { duplicate }');
    const report = (text: string, more: object = {}) =>
      app.graphql(
        publish,
        { events: [{ annotation: { key: 'build-7', startsAt: at(1), text, modelId: 'reported', ...more } }] },
        as('dev'),
      );
    expect((await report('Build 7')).data).toEqual({ publish: { accepted: [{ duplicate: false }] } });
    expect((await report('Build 7')).data).toEqual({ publish: { accepted: [{ duplicate: true }] } });
    expect(await texts({ modelId: 'reported' })).toEqual(['Build 7']);
    const { annotation: own } = await mutate('createAnnotation', { text: 'own', modelId: 'own' });
    const again = await report('taken', { key: own.annotationId });
    expect(again.data).toEqual({ publish: { accepted: [{ duplicate: true }] } });
    expect(await texts({ modelId: 'own' })).toEqual(['own']);
    const { annotation } = await mutate('updateAnnotation', { annotationId: 'build-7', tags: ['build'] });
    expect(annotation).toMatchObject({ createdBy: 'dev', updatedBy: 'pat', startsAt: at(1), endsAt: null });
    const wrong = await report('x', { key: 'build-8', endsAt: at(0) });
    expect(rejectionOf(wrong)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'endsAt' });
    await mutate('deleteAnnotation', { annotationId: 'build-7' });
    expect(await texts({ modelId: 'reported' })).toEqual([]);
  });

  it('is removed by retention after its last change, whatever its time', async () => {
    const database = openDatabase({ connection: app.database, log: silentLog });
    await mutate('createAnnotation', { text: 'old', startsAt: at(0), agentId: 'kept' });
    await removeBefore(database, retainedAnnotations, new Date(Date.now() - 60_000));
    expect(await texts({ agentId: 'kept' })).toEqual(['old']);
    await removeBefore(database, retainedAnnotations, new Date(Date.now() + 60_000));
    expect(await texts({ agentId: 'kept' })).toEqual([]);
    await database[Symbol.asyncDispose]();
  });
});
