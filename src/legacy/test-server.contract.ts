import type { GraphQLSchema } from 'graphql';
import { onTestFinished } from 'vitest';
import type { SecurityEvent } from '../auth/security-event.ts';
import type { GraphContext } from '../graph/context.ts';
import { Demand } from '../journal/demand.ts';
import { Gauges } from '../journal/gauges.ts';
import { openMemoryLog } from '../../test/_util/memory-log.ts';
import { silentLog, type SocketLog } from '../log/log.ts';
import { createServer, type ServerOptions } from '../server.ts';
import { controlMessages } from './control-messages.ts';
import type { Dialect } from './dialect.ts';
import * as t from './schema-terms.ts';

/** The rig that the tests of dialects share: a small dialect, and a server for it on a free port. */

export function testDialect(more: Partial<Dialect> = {}): Dialect {
  return {
    name: 'old',
    title: 'An old system',
    origins: 'localhost',
    credentials: false,
    routes: [],
    feeds: [],
    controlMessages: controlMessages(Math.floor, t.count),
    ...more,
  };
}

const silentSocketLog: SocketLog = {
  logsMessages: false,
  opened() {},
  closed() {},
  failed() {},
  message() {},
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

interface TestServerOptions extends Pick<
  ServerOptions,
  'dialects' | 'authenticate' | 'settings' | 'report' | 'graph'
> {
  readonly schema: GraphQLSchema;
  readonly log?: ReturnType<typeof openMemoryLog>;
}

export async function startTestServer({ log = openMemoryLog(), ...options }: TestServerOptions) {
  const journal = { log, gauges: new Gauges(), demand: new Demand() };
  const audited: SecurityEvent[] = [];
  const server = createServer({
    ...options,
    journal,
    context: (viewer) => ({ viewer, journal, serverInfo: { features: {} } }) as unknown as GraphContext,
    log: silentLog,
    socketLog: silentSocketLog,
    audit: (event) => void audited.push(event),
  });
  const { port } = await server.http.listen('127.0.0.1', 0);
  onTestFinished(() => server.close(100));
  return { server, port, journal, audited };
}
