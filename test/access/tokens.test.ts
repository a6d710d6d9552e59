import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { opsgraph } from '../_util/process.ts';
import { asAdmin, audited, bearing, change, createToken, jwtOf, startGuarded } from './_access.ts';

const viewerQuery = '{ viewer { subject roleId authenticated credentialId expiresAt capabilities } }';

interface ViewerResult {
  viewer: {
    subject: string;
    roleId: string;
    credentialId: string | null;
    expiresAt: string | null;
    capabilities: string[];
  };
}

/** The viewer of a request with this token, or the status of the response if it is not 200. */
async function viewerOf(app: TestApp, token: string): Promise<ViewerResult['viewer'] | number> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearing(token) },
    body: JSON.stringify({ query: viewerQuery }),
  });
  if (response.status !== 200) return response.status;
  return ((await response.json()) as { data: ViewerResult }).data.viewer;
}

describe('a token', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startGuarded({}, true);
  });

  it('that is a JWT with a list of roles has the capabilities of all of them', async () => {
    const viewer = await viewerOf(app, await jwtOf('zoe', { role: ['user', 'unknown', 'developer'] }));
    expect(viewer).toMatchObject({ roleId: 'user unknown developer' });
    expect((viewer as ViewerResult['viewer']).capabilities).toEqual(
      expect.arrayContaining(['read', 'write', 'execute']),
    );
    expect((viewer as ViewerResult['viewer']).capabilities).not.toContain('manage');
  });

  it('that is rejected is logged at DEBUG with the reason, but without the token', async () => {
    const expired = await jwtOf('zoe', { expiresInMs: -60_000 });
    expect(await viewerOf(app, expired)).toBe(401);
    expect(app.logged).toContainEqual(
      expect.objectContaining({
        msg: 'credential rejected',
        reason: expect.stringContaining('ERR_JWT_EXPIRED'),
      }),
    );
    expect(JSON.stringify(app.logged)).not.toContain(expired);
  });

  afterAll(() => app.stop());

  it('that `createToken` creates authenticates immediately, with its subject and role', async () => {
    const { id, secret } = await createToken(app, {
      subject: 'dev',
      roleId: 'developer',
      name: 'the deploy script',
      expiresInMs: 3_600_000,
    });
    expect(secret).toMatch(/^ops_[\w-]{43}$/);
    expect(await viewerOf(app, secret)).toMatchObject({
      subject: 'dev',
      roleId: 'developer',
      credentialId: id,
      capabilities: ['read', 'write', 'execute', 'debug'],
    });
    expect((await audited(app, 'token_created'))[0]).toMatchObject({
      actorId: 'ada',
      targetId: id,
      role: 'developer',
    });
  });

  it('is stored, listed and logged without its secret', async () => {
    const { id, secret } = await createToken(app, { subject: 'shy', name: 'hidden' });
    const { data } = await app.graphql<{ tokens: { edges: { node: Record<string, unknown> }[] } }>(
      `{ tokens(filter: { subject: "shy" }) { edges { node { id: tokenId kind subject role: roleId name createdBy expiresAt revokedAt } } } }`,
      {},
      asAdmin,
    );
    expect(data.tokens.edges.map(({ node }) => node)).toEqual([
      {
        id,
        kind: 'API',
        subject: 'shy',
        role: 'user',
        name: 'hidden',
        createdBy: 'ada',
        expiresAt: null,
        revokedAt: null,
      },
    ]);
    const everything = await app.graphql(
      `{ auditLogs { edges { node { action details targetId } } } tokens { edges { node { id: tokenId } } } }`,
      {},
      asAdmin,
    );
    expect(JSON.stringify([everything, app.logged])).not.toContain(secret);
  });

  it('is rejected by every endpoint after it was revoked', async () => {
    const { id, secret } = await createToken(app, { subject: 'gone' });
    expect(await viewerOf(app, secret)).toMatchObject({ subject: 'gone' });
    await change(app, `revokeToken(input: { tokenId: "${id}" })`);
    await expect.poll(() => viewerOf(app, secret)).toBe(401);
    expect((await fetch(`${app.url}/api/system/metrics`, { headers: bearing(secret) })).status).toBe(401);
    expect(
      (
        await fetch(`${app.url}/publish`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...bearing(secret) },
          body: '[]',
        })
      ).status,
    ).toBe(401);
    const { data } = await app.graphql<{ tokens: { edges: { node: { revokedAt: string } }[] } }>(
      `{ tokens(filter: { subject: "gone" }) { edges { node { revokedAt } } } }`,
      {},
      asAdmin,
    );
    expect(Date.parse(data.tokens.edges[0]?.node.revokedAt ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('of an identity provider can be revoked by its jti', async () => {
    const token = await jwtOf('jay', { id: 'one' });
    expect(await viewerOf(app, token)).toMatchObject({ credentialId: 'jwt:one' });
    await change(app, `revokeToken(input: { tokenId: "jwt:one" })`);
    await expect.poll(() => viewerOf(app, token)).toBe(401);
    expect(await viewerOf(app, await jwtOf('jay', { id: 'two' }))).toMatchObject({ subject: 'jay' });
  });

  it('that is a configured key can be revoked by its id', async () => {
    const { credentialId } = (await viewerOf(app, 'a-key-of-a-user')) as ViewerResult['viewer'];
    expect(credentialId).toMatch(/^key:[0-9a-f]{16}$/);
    await change(app, `revokeToken(input: { tokenId: "${credentialId ?? ''}" })`);
    await expect.poll(() => viewerOf(app, 'a-key-of-a-user')).toBe(401);
  });

  it('that is issued after all tokens of its subject were revoked is accepted', async () => {
    const before = await createToken(app, { subject: 'leo' });
    const jwt = await jwtOf('leo');
    await change(app, `revokeTokens(input: { subject: "leo" })`);
    await expect.poll(() => viewerOf(app, before.secret)).toBe(401);
    expect(await viewerOf(app, jwt)).toBe(401);
    const after = await createToken(app, { subject: 'leo' });
    expect(await viewerOf(app, after.secret)).toMatchObject({ subject: 'leo' });
  });

  it.each([
    [{ subject: '' }, 'subject'],
    [{ subject: 'anonymous' }, 'subject'],
    [{ subject: 'system' }, 'subject'],
    [{ subject: 'a\nb' }, 'subject'],
    [{ subject: 'x'.repeat(257) }, 'subject'],
    [{ subject: 'x', name: '' }, 'name'],
    [{ subject: 'x', expiresInMs: 0 }, 'expiresInMs'],
    [{ subject: 'x', roleId: 'unknown' }, undefined],
  ])('is not created from the invalid input %j', async (input, field) => {
    const { data } = await app.graphql<{ createToken: { code: string; field?: string } }>(
      `mutation ($input: CreateTokenInput!) {
        createToken(input: $input) { ... on Failure { code message } ... on InvalidInput { field } }
      }`,
      { input },
      asAdmin,
    );
    expect(data.createToken.code).toBe(field === undefined ? 'NOT_FOUND' : 'BAD_USER_INPUT');
    expect(data.createToken.field).toBe(field);
  });

  it('that does not exist cannot be revoked', async () => {
    const { data } = await app.graphql<{ revokeToken: { code: string } }>(
      `mutation { revokeToken(input: { tokenId: "tok_none" }) { ... on Failure { code } } }`,
      {},
      asAdmin,
    );
    expect(data.revokeToken.code).toBe('NOT_FOUND');
  });

  it('can be created, listed and revoked only with the capability `manage`', async () => {
    const developer = bearing(await jwtOf('dev', { role: 'developer' }));
    for (const field of [
      'tokens { edges { node { id: tokenId } } }',
      'createToken(input: { subject: "x" }) { __typename }',
      'revokeToken(input: { tokenId: "jwt:x" }) { __typename }',
      'revokeTokens(input: { subject: "x" }) { __typename }',
    ]) {
      const kind = field.startsWith('tokens') ? 'query' : 'mutation';
      const { errors } = await app.graphql(`${kind} { ${field} }`, {}, developer);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requires: ['manage'] } }]);
    }
  });
});

describe('the command that creates a token', () => {
  let dir: string;
  let program: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'opsgraph-token-'));
    program = await opsgraph();
  });

  afterAll(async () => {
    await rm(dir, { recursive: true, force: true });
  });

  async function command(
    args: string[],
    env: Record<string, string> = {},
  ): Promise<{ stdout: string; stderr: string }> {
    const { PATH = '' } = process.env;
    const run = promisify(execFile);
    const given = { PATH, DATA_DIR: dir, ...env };
    return run(process.execPath, [program, 'token', ...args], { cwd: dir, env: given }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
  }

  it('prints a token that the server accepts, signed with a secret that only the owner of the file can read', async () => {
    const { stdout } = await command(['ada', '3600', '--role', 'admin']);
    const token = stdout.trim();
    expect(decodeJwt(token)).toMatchObject({ sub: 'ada', role: 'admin' });
    const file = await stat(join(dir, 'jwt-secret'));
    expect(file.mode & 0o777).toBe(0o600);
    const app = await startTestApp({ DATA_DIR: dir, AUTH_REQUIRED: 'true' });
    expect(await viewerOf(app, token)).toMatchObject({ subject: 'ada', roleId: 'admin' });
    expect(await viewerOf(app, `${token}x`)).toBe(401);
  });

  it('creates no secret in a directory other than the server’s', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'opsgraph-elsewhere-'));
    onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
    const { PATH = '' } = process.env;
    const run = () =>
      promisify(execFile)(process.execPath, [program, 'token', 'ada'], {
        cwd: elsewhere,
        env: { PATH },
      }).catch((error: { stdout: string; stderr: string }) => error);
    const { stdout, stderr } = await run();
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^\S+\/data\/jwt-secret does not exist: run this command in the directory .*\n$/);
    expect(await readdir(elsewhere)).toEqual([]);

    await mkdir(join(elsewhere, 'data'));
    await copyFile(join(dir, 'jwt-secret'), join(elsewhere, 'data', 'jwt-secret'));
    expect((await run()).stdout).toMatch(/^eyJ/);
  });

  it('signs with JWT_SECRET if it is set', async () => {
    const secret = 'a shared secret of some thirty-two bytes';
    const { stdout } = await command(['uma'], { JWT_SECRET: secret });
    const app = await startTestApp({ JWT_SECRET: secret });
    expect(await viewerOf(app, stdout.trim())).toMatchObject({
      subject: 'uma',
      roleId: 'user',
      expiresAt: null,
    });
  });

  it.each([
    [[], 'The subject must be'],
    [['ada', 'soon'], 'The lifetime must be'],
    [['ada', '0'], 'The lifetime must be'],
    [['anonymous'], 'anonymous'],
    [['system'], 'neither anonymous nor system'],
    [['ada', '60', 'more'], 'more'],
    [['ada', '--admin'], '--admin'],
    [['ada', '--role', 'a b'], 'The role must be'],
  ])('reports the error in the arguments %j and its usage', async (args, words) => {
    const { stdout, stderr } = await command(args);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
    expect(stderr).toContain('Usage:');
  });

  it('creates no token if AUTH_TOKENS is set, because the server would reject the JWT', async () => {
    const { stdout, stderr } = await command(['ada'], { AUTH_TOKENS: 'a-long-enough-key:ada:admin' });
    expect(stdout).toBe('');
    expect(stderr).toContain('AUTH_TOKENS');
    const app = await startTestApp({ AUTH_TOKENS: 'a-long-enough-key:ada:admin', DATA_DIR: dir });
    const own = (await command(['eve', '--role', 'admin'])).stdout.trim(); // signed with the secret in that directory
    expect(await viewerOf(app, own)).toBe(401);
  });

  it('creates no token if JWT_JWKS_URL is set, because the identity provider issues tokens', async () => {
    const { stdout, stderr } = await command(['ada'], { JWT_JWKS_URL: 'https://id.example/keys' });
    expect(stdout).toBe('');
    expect(stderr).toContain('JWT_JWKS_URL');
  });
});
