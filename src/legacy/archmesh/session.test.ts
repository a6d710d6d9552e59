import type { GraphService } from '../../delivery/graph-service.ts';
import { describe, expect, test } from 'vitest';
import { refusedHandshake } from '../../../test/_util/clients.ts';
import type { Viewer } from '../../auth/viewer.ts';
import { AppError } from '../../errors.ts';
import { serve, type Served } from '../feed-server.contract.ts';
import { archmeshDialect } from './dialect.ts';

const ann: Viewer = { subject: 'ann', authenticated: true, role: null, capabilities: new Set(['read']) };

/** A server on which every subscription fails. */
function failing(why: Error): Promise<Served> {
  const delivery = { head: () => 'x_0', subscribe: () => Promise.reject(why), close() {} };
  const graph = { engine: { prepare: () => ({}) }, delivery } as unknown as GraphService;
  const dialect = archmeshDialect({
    origins: 'any',
    connectionsMax: 10,
    idleTimeoutMs: 60_000,
    messagesPerMinuteMax: 100,
    authenticate: () => Promise.resolve(ann),
    rejected() {},
  });
  return serve({ options: { dialect, graph } });
}

describe('clients that cannot be registered', () => {
  test('M26, M36: get SYSTEM_ERROR, and after five in a row are rejected with 503 and a retry time', async () => {
    const { connect, url } = await failing(new Error('broken'));
    for (let client = 0; client < 5; client++) {
      const refused = connect('?token=x', '/ws');
      expect(await refused.next()).toMatchObject({ type: 'error', data: { error_code: 'SYSTEM_ERROR' } });
      expect((await refused.closed).code).toBe(1011);
    }
    expect(await refusedHandshake(`${new URL(url).origin}/ws?token=x`)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '60' },
    });
  });

  test('M36: do not count as failures of the server when they lack access', async () => {
    const { connect } = await failing(new AppError('FORBIDDEN', 'This needs the capability read.'));
    for (let client = 0; client < 6; client++) {
      const refused = connect('?token=x', '/ws');
      expect(await refused.next()).toMatchObject({ data: { error_code: 'AUTHENTICATION_FAILED' } });
      expect((await refused.closed).code).toBe(4401);
    }
  });
});
