import { createGraphService } from '../delivery/graph-service.ts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Viewer } from '../auth/viewer.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import type { GraphContext } from '../graph/context.ts';
import { Demand } from '../journal/demand.ts';
import { Gauges } from '../journal/gauges.ts';
import { openMemoryLog } from '../journal/memory-log.ts';
import { sendError, urlOf } from '../http/request.ts';
import type { SecurityEvent } from '../auth/security-event.ts';
import type { ControlMessages, Dialect } from './dialect.ts';
import type { Document } from './message.ts';
import { serveRoutes } from '../http/route.ts';
import { get, post } from './rest-route.ts';
import { restRoutes, type RestOptions } from './rest.ts';
import { notFound } from './rest-errors.ts';

/** The rig of REST tests: a small graph, two small dialects, and a server that serves them. */

const text = new GraphQLNonNull(GraphQLString);
const readable = { rules: { requires: 'read' } } as const;
const named = { args: { name: { type: text } }, type: text };

const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, GraphContext>({
    name: 'Query',
    fields: {
      greeting: {
        type: text,
        args: { name: { type: text }, times: { type: GraphQLInt } },
        extensions: readable,
        resolve: (_root, { name, times }) => `hello ${String(name)}`.repeat(Number(times ?? 1)),
      },
      whoami: { type: text, extensions: readable, resolve: (_root, _args, { viewer }) => viewer.subject },
      failure: {
        ...named,
        extensions: readable,
        resolve: (_root, { name }) => {
          if (name === 'surprise') throw new Error('select secret from table');
          throw new AppError(name as ErrorCode, `failed with ${String(name)}`, {
            details: { feature: 'FEATURE_X' },
          });
        },
      },
    },
  }),
  mutation: new GraphQLObjectType<unknown, GraphContext>({
    name: 'Mutation',
    fields: {
      rename: {
        ...named,
        extensions: { rules: { requires: 'write' } },
        resolve: (_root, { name }) => String(name),
      },
    },
  }),
});

function document<Data, Variables = Record<string, never>>(source: string): Document<Data, Variables> {
  return parse(source);
}

const controlMessages: ControlMessages = {
  error: (failure) => ({ type: 'error', ...failure }),
  pong: () => ({ type: 'pong' }),
};

const greetingOf = document<{ greeting: string }, { name: string; times: number }>(
  'query ($name: String!, $times: Int) { greeting(name: $name, times: $times) }',
);

const old: Dialect = {
  name: 'old',
  title: 'An old system',
  origins: 'localhost',
  credentials: false,
  controlMessages,
  feeds: [],
  routes: [
    get({
      path: '/api/greetings/{name}',
      summary: '',
      parameters: {
        name: { kind: 'text', in: 'path', description: '' },
        times: { kind: 'int', default: 1, min: 1, max: 3, description: '' },
      },
      document: greetingOf,
      variables: ({ name, times }) => ({ name, times }),
      map: ({ greeting }, { times }) => ({ body: { greeting, times } }),
    }),
    get({
      path: '/api/greetings/special',
      summary: '',
      document: document<{ whoami: string }>('{ whoami }'),
      map: () => ({ status: 503, body: { special: true } }),
    }),
    get({
      path: '/api/switched',
      summary: '',
      needs: ['FEATURE_ON', 'FEATURE_DATABASE_MONITORING', 'FEATURE_OFF'],
      document: document<{ whoami: string }>('{ whoami }'),
      map: (body) => ({ body }),
    }),
    get({
      path: '/api/failures/{code}',
      summary: '',
      parameters: { code: { kind: 'text', in: 'path', description: '' } },
      document: document<unknown, { name: string }>('query ($name: String!) { failure(name: $name) }'),
      variables: ({ code }) => ({ name: code }),
      map: (body) => ({ body }),
    }),
    get({
      path: '/',
      summary: '',
      open: true,
      originsOf: 'public',
      document: document<{ whoami: string }>('{ whoami }'),
      map: (body) => ({ body }),
    }),
    post({
      path: '/api/names',
      summary: '',
      body: { schema: z.object({ name: z.string().min(1) }), optional: false },
      document: document<{ rename: string }, { name: string }>(
        'mutation ($name: String!) { rename(name: $name) }',
      ),
      variables: (_values, { name }) => ({ name }),
      map: ({ rename }) => ({ body: { renamed: rename } }),
    }),
    post({
      path: '/api/people/{person}/name',
      summary: '',
      parameters: { person: { kind: 'text', in: 'path', description: '' } },
      reject: ({ person }) => (person === 'nobody' ? notFound('There is nobody.') : null),
      body: {
        schema: z.object({ name: z.string().min(1) }),
        optional: false,
        mismatchCode: 'INVALID_PARAMETER',
      },
      document: document<{ rename: string }, { name: string }>(
        'mutation ($name: String!) { rename(name: $name) }',
      ),
      variables: ({ person }, { name }) => ({ name: `${person} ${name}` }),
      map: ({ rename }) => ({ body: { renamed: rename } }),
    }),
  ],
};

const open: Dialect = {
  name: 'public',
  title: 'One for everybody',
  origins: 'any',
  credentials: true,
  controlMessages,
  feeds: [],
  routes: [
    post({
      path: '/api/public-names',
      summary: '',
      body: { schema: z.object({ name: z.string().default('nobody') }), optional: true },
      document: document<{ rename: string }, { name: string }>(
        'mutation ($name: String!) { rename(name: $name) }',
      ),
      variables: (_values, { name }) => ({ name }),
      map: ({ rename }) => ({ body: { renamed: rename } }),
    }),
  ],
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** Serves both dialects; `Authorization: Bearer <subject>` is accepted, `Bearer wrong` is not. */
export async function serve(
  options: Partial<RestOptions> & { signed?: boolean; anonymousMay?: readonly string[] } = {},
) {
  const { signed = true, anonymousMay = ['read', 'write'], ...rest } = options;
  const log = openMemoryLog();
  const audited: SecurityEvent[] = [];
  const reported: string[] = [];
  const journal = { log, gauges: new Gauges(), demand: new Demand() };
  const { engine } = createGraphService({
    schema,
    introspection: false,
    context: (viewer) => ({ viewer, journal, serverInfo: {} }) as unknown as GraphContext,
    journal,
    report: (_error, errorId) => reported.push(errorId),
  });
  const routes = restRoutes({
    engine,
    dialects: [old, open],
    features: { FEATURE_ON: true, FEATURE_DATABASE_MONITORING: true, FEATURE_OFF: true },
    bodyBytesMax: 1_000,
    ...rest,
  });
  const handle = serveRoutes(routes, { audit: (event) => audited.push(event) });
  const server = createServer((request, response) => {
    const url = urlOf(request) ?? new URL('http://localhost/');
    const context = {
      url,
      address: '192.0.2.1',
      secure: false,
      viewer: async (): Promise<Viewer> => {
        const subject = request.headers.authorization?.replace('Bearer ', '');
        if (subject === 'wrong') throw new AppError('AUTHENTICATION_FAILED', 'The credential is not valid.');
        const capabilities = new Set(subject === undefined ? anonymousMay : ['read', 'write']);
        return {
          subject: subject ?? 'anonymous',
          authenticated: subject !== undefined,
          role: null,
          capabilities,
        };
      },
      signed: () => signed,
    };
    void handle(request, response, context).then((served) => {
      if (!served) sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
      return undefined;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const answer = await response.text();
    const parsed = answer.startsWith('{') ? (JSON.parse(answer) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text: answer, body: parsed };
  };
  return { ask, audited, reported, port };
}
