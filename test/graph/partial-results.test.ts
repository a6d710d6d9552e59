import { isNonNullType } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/schema.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ FEATURE_SYSTEM_MONITORING: 'false' }, { keep: true });
});
afterAll(() => app.stop());

describe('a query', () => {
  it('has nullable fields only', () => {
    const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
    expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
  });

  it('returns the other fields if one fails', async () => {
    const client = new pg.Client(app.database);
    await client.connect();
    await client.query('alter table workflows rename to hidden');
    await client.end();
    const { data, errors } = await app.graphql('{ viewer { subject } workflows(first: 1) { totalCount } }');
    expect(data).toEqual({ viewer: { subject: 'anonymous' }, workflows: null });
    expect(errors).toMatchObject([{ path: ['workflows'] }]);
  });
});
