import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { z } from 'zod';
import type { Viewer } from '../auth/viewer.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import type { GraphContext } from '../graph/context.ts';
import type { Document } from './message.ts';
import { get, post } from './rest-route.ts';
import { notFound } from './rest-errors.ts';
import { startTestServer, testDialect } from './test-server.contract.ts';

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

const greetingOf = document<{ greeting: string }, { name: string; times: number }>(
  'query ($name: String!, $times: Int) { greeting(name: $name, times: $times) }',
);

const old = testDialect({
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
      reject: ({ person }) => (person === 'unknown' ? notFound('Unknown person.') : null),
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
});

const open = testDialect({
  name: 'public',
  origins: 'any',
  credentials: true,
  routes: [
    post({
      path: '/api/public-names',
      summary: '',
      body: { schema: z.object({ name: z.string().default('unnamed') }), optional: true },
      document: document<{ rename: string }, { name: string }>(
        'mutation ($name: String!) { rename(name: $name) }',
      ),
      variables: (_values, { name }) => ({ name }),
      map: ({ rename }) => ({ body: { renamed: rename } }),
    }),
  ],
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

interface Setup {
  readonly features?: Readonly<Record<string, boolean>>;
  /** When set, every POST has to be signed. */
  readonly signingSecret?: string;
  readonly anonymousMay?: readonly string[];
}

/** Serves both dialects. `Authorization: Bearer <subject>` is accepted, `Bearer wrong` is not. */
export async function serve({
  features = { FEATURE_ON: true, FEATURE_DATABASE_MONITORING: true, FEATURE_OFF: true },
  signingSecret,
  anonymousMay = ['read', 'write'],
}: Setup = {}) {
  const reported: string[] = [];
  const { port, audited } = await startTestServer({
    schema,
    dialects: [old, open],
    authenticate: async ({ token }): Promise<Viewer> => {
      if (token === 'wrong') throw new AppError('AUTHENTICATION_FAILED', 'The credential is not valid.');
      return {
        subject: token ?? 'anonymous',
        authenticated: token !== null,
        role: null,
        capabilities: new Set(token === null ? anonymousMay : ['read', 'write']),
      };
    },
    settings: { features, bodyBytesMax: 1_000, signingSecret: signingSecret ?? null },
    report: (_error, errorId) => void reported.push(errorId),
  });
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
