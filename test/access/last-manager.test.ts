import { describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { bearing, jwtOf, secret } from './_access.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const rootKey = 'a-key-of-the-root';
const adaKey = 'a-key-of-ada-the-user';
const keys = { ...quiet, AUTH_TOKENS: `${rootKey}:root:admin,${adaKey}:ada:user` };

const allowed = 'such that a credential with the capability `manage` remains';

/** Runs one mutation. @returns the field that is refused, or null when it was done. */
async function change(app: TestApp, token: string, mutation: string): Promise<string | null> {
  const { data, errors } = await app.graphql<Record<string, { field?: string; allowed?: string }>>(
    `mutation { ${mutation} { __typename ... on InvalidInput { field allowed } } }`,
    {},
    bearing(token),
  );
  expect(errors).toBeUndefined();
  const { field = null, allowed: words = allowed } = Object.values(data)[0] ?? {};
  expect(words).toBe(allowed);
  return field;
}

async function credentialIdOf(app: TestApp, token: string): Promise<string> {
  const { data } = await app.graphql<{ viewer: { credentialId: string } }>(
    '{ viewer { credentialId } }',
    {},
    bearing(token),
  );
  return data.viewer.credentialId;
}

async function createToken(app: TestApp, by: string, subject: string): Promise<string> {
  const { data } = await app.graphql<{ createToken: { secret: string } }>(
    `mutation { createToken(input: { subject: "${subject}" }) { ... on CreateTokenSuccess { secret } } }`,
    {},
    bearing(by),
  );
  return data.createToken.secret;
}

describe('the last subject with the capability manage', () => {
  it('cannot leave the role, delete it or remove manage from it, also when a member without a credential remains', async () => {
    const app = await startTestApp(keys);
    expect(await change(app, rootKey, 'assignRole(input: { roleId: "admin", subject: "ada" })')).toBeNull();
    const rootId = await credentialIdOf(app, rootKey);
    expect(await change(app, adaKey, `revokeToken(input: { tokenId: "${rootId}" })`)).toBeNull();

    const leave = 'revokeRole(input: { roleId: "admin", subject: "ada" })';
    const attempts = {
      [leave]: 'subject',
      'deleteRole(input: { roleId: "admin" })': 'roleId',
      'upsertRole(input: { roleId: "admin", capabilities: ["read"] })': 'capabilities',
      [`revokeToken(input: { tokenId: "${await credentialIdOf(app, adaKey)}" })`]: 'tokenId',
    };
    for (const [mutation, field] of Object.entries(attempts))
      expect(await change(app, adaKey, mutation), mutation).toBe(field);

    expect(await change(app, adaKey, 'assignRole(input: { roleId: "admin", subject: "ghost" })')).toBeNull();
    for (const [mutation, field] of Object.entries(attempts))
      expect(await change(app, adaKey, mutation), mutation).toBe(field);

    const ghost = await createToken(app, adaKey, 'ghost');
    expect(await change(app, adaKey, leave)).toBeNull();
    expect(
      await change(app, ghost, `revokeToken(input: { tokenId: "${await credentialIdOf(app, ghost)}" })`),
    ).toBe('tokenId');
    expect(await change(app, ghost, 'revokeTokens(input: { subject: "ghost" })')).toBe('subject');
    expect(await change(app, ghost, 'assignRole(input: { roleId: "admin", subject: "ada" })')).toBeNull();
    expect(await change(app, ghost, 'revokeTokens(input: { subject: "ghost" })')).toBeNull();
  });

  it('may have it through an inheriting role, and the check includes every member of that role', async () => {
    const app = await startTestApp(keys);
    const lead = 'upsertRole(input: { roleId: "lead", parentId: "admin", capabilities: [] })';
    expect(await change(app, rootKey, lead)).toBeNull();
    expect(await change(app, rootKey, 'assignRole(input: { roleId: "lead", subject: "ada" })')).toBeNull();
    expect(
      await change(app, adaKey, `revokeToken(input: { tokenId: "${await credentialIdOf(app, rootKey)}" })`),
    ).toBeNull();
    expect(await change(app, adaKey, 'upsertRole(input: { roleId: "lead", parentId: null })')).toBe(
      'capabilities',
    );
    expect(await change(app, adaKey, 'revokeRole(input: { roleId: "lead", subject: "ada" })')).toBe(
      'subject',
    );
  });

  it('is not the last where JWTs contain a role with manage, as their issuer can issue another one', async () => {
    const app = await startTestApp({ ...quiet, JWT_SECRET: secret });
    const admin = await jwtOf('jay', { role: 'admin', id: 'one' });
    expect(await change(app, admin, 'assignRole(input: { roleId: "admin", subject: "ada" })')).toBeNull();
    expect(await change(app, admin, 'revokeRole(input: { roleId: "admin", subject: "ada" })')).toBeNull();
    const ada = await jwtOf('ada', { role: 'user' });
    await change(app, admin, 'assignRole(input: { roleId: "admin", subject: "ada" })');
    expect(await change(app, ada, 'revokeRole(input: { roleId: "admin", subject: "ada" })')).toBe('subject');
  });
});
