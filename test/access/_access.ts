import { SignJWT } from 'jose';
import { expect } from 'vitest';
import type { Client } from 'graphql-ws';
import { startTestApp, type TestApp } from '../_util/app.ts';

/** What every test here starts with: an admin's key, a user's key, and a secret for JWTs. */
export const adminKey = 'a-key-of-the-admin';
export const secret = 'a shared secret of some thirty-two bytes';

export const guarded = {
  AUTH_REQUIRED: 'true',
  AUTH_TOKENS: `${adminKey}:ada:admin,a-key-of-a-user:uma:user`,
  JWT_SECRET: secret,
  JWT_CLOCK_TOLERANCE_S: '0',
};

/** @param keep the caller ends it. */
export function startGuarded(env: Record<string, string> = {}, keep = false): Promise<TestApp> {
  return startTestApp({ ...guarded, ...env }, { keep });
}

export function bearing(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export const asAdmin = bearing(adminKey);

export function jwtOf(
  subject: string,
  {
    role = 'user',
    expiresInMs = null,
    id,
  }: { role?: string | readonly string[]; expiresInMs?: number | null; id?: string } = {},
): Promise<string> {
  const token = new SignJWT({ role }).setProtectedHeader({ alg: 'HS256' }).setSubject(subject).setIssuedAt();
  if (id !== undefined) token.setJti(id);
  if (expiresInMs !== null) token.setExpirationTime(Math.ceil((Date.now() + expiresInMs) / 1_000));
  return token.sign(new TextEncoder().encode(secret));
}

/** Makes a token through the graph. */
export async function createToken(
  app: TestApp,
  input: Record<string, unknown>,
): Promise<{ id: string; secret: string }> {
  const { data, errors } = await app.graphql<{
    createToken: { secret: string; token: { id: string } };
  }>(
    `mutation ($input: CreateTokenInput!) {
      createToken(input: $input) { ... on CreateTokenSuccess { secret token { id: tokenId } } ... on Failure { message } }
    }`,
    { input },
    asAdmin,
  );
  expect(errors).toBeUndefined();
  return { id: data.createToken.token.id, secret: data.createToken.secret };
}

/** Runs a mutation as the admin. @throws when it is refused. */
export async function change(app: TestApp, mutation: string): Promise<void> {
  const { data, errors } = await app.graphql<Record<string, { message?: string }>>(
    `mutation { ${mutation} { __typename ... on Failure { message } } }`,
    {},
    asAdmin,
  );
  expect(errors).toBeUndefined();
  for (const result of Object.values(data)) expect(result.message).toBeUndefined();
}

export interface Heard {
  readonly results: Record<string, unknown>[];
  /** What it ended with: errors, a close event, or null for `complete`. */
  readonly ended: Promise<unknown>;
  /** Waits for the result with this number, from 1. */
  result(number: number): Promise<Record<string, unknown>>;
}

/** Subscribes and keeps everything that comes. */
export function hear(client: Client, query: string, variables?: Record<string, unknown>): Heard {
  const results: Record<string, unknown>[] = [];
  let wake: () => void = () => {};
  let over = false;
  const ended = new Promise<unknown>((resolve) => {
    const end = (reason: unknown): void => {
      over = true;
      resolve(reason);
      wake();
    };
    client.subscribe<Record<string, unknown>>(variables === undefined ? { query } : { query, variables }, {
      next({ data, errors }) {
        results.push(data ?? { errors });
        wake();
      },
      error: (error) => end(error),
      complete: () => end(null),
    });
  });
  return {
    results,
    ended,
    async result(number) {
      while (results.length < number) {
        if (over) throw new Error(`it ended with ${JSON.stringify(await ended)}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return results[number - 1] ?? {};
    },
  };
}

/** The newest entries of the audit log of one type. */
export async function audited(
  app: TestApp,
  type: string,
): Promise<
  { actorId: string; targetId: string | null; action: string; role: string | null; details: string | null }[]
> {
  const { data } = await app.graphql<{ auditLogs: { nodes?: never; edges: { node: never }[] } }>(
    `query ($types: [String!]) {
      auditLogs(filter: { eventTypes: $types }, first: 20) { edges { node { actorId targetId action role: roleId details } } }
    }`,
    { types: [type] },
    asAdmin,
  );
  return data.auditLogs.edges.map(({ node }) => node);
}
