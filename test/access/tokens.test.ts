import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { programOf } from '../_util/process.ts';
import { asAdmin, audited, bearing, change, createToken, jwtOf, startGuarded } from './_access.ts';

const who = '{ viewer { subject role authenticated credentialId expiresAt capabilities } }';

interface Who {
  viewer: {
    subject: string;
    role: string;
    credentialId: string | null;
    expiresAt: string | null;
    capabilities: string[];
  };
}

async function whoIs(app: TestApp, token: string): Promise<Who['viewer'] | number> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearing(token) },
    body: JSON.stringify({ query: who }),
  });
  if (response.status !== 200) return response.status;
  return ((await response.json()) as { data: Who }).data.viewer;
}

describe('a token', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startGuarded({}, true);
  });

  it('that is a JWT with a list of roles may do what any of them allows', async () => {
    const viewer = await whoIs(app, await jwtOf('zoe', { role: ['user', 'unknown', 'developer'] }));
    expect(viewer).toMatchObject({ role: 'user unknown developer' });
    expect((viewer as Who['viewer']).capabilities).toEqual(
      expect.arrayContaining(['read', 'write', 'execute']),
    );
    expect((viewer as Who['viewer']).capabilities).not.toContain('manage');
  });

  it('that is rejected leaves its reason in the log at DEBUG, and not itself', async () => {
    const expired = await jwtOf('zoe', { expiresInMs: -60_000 });
    expect(await whoIs(app, expired)).toBe(401);
    expect(app.logged).toContainEqual(
      expect.objectContaining({
        msg: 'credential rejected',
        reason: expect.stringContaining('ERR_JWT_EXPIRED'),
      }),
    );
    expect(JSON.stringify(app.logged)).not.toContain(expired);
  });

  afterAll(() => app.stop());

  it('is made through the graph, works at once, and is what it says', async () => {
    const { id, secret } = await createToken(app, {
      subject: 'dev',
      role: 'developer',
      name: 'the deploy script',
      expiresInS: 3_600,
    });
    expect(secret).toMatch(/^ops_[\w-]{43}$/);
    expect(await whoIs(app, secret)).toMatchObject({
      subject: 'dev',
      role: 'developer',
      credentialId: id,
      capabilities: ['read', 'write', 'execute', 'debug'],
    });
    expect((await audited(app, 'token_created'))[0]).toMatchObject({
      actorId: 'ada',
      targetId: id,
      role: 'developer',
    });
  });

  it('is stored and shown without what its bearer has to show', async () => {
    const { id, secret } = await createToken(app, { subject: 'shy', name: 'hidden' });
    const { data } = await app.graphql<{ tokens: { edges: { node: Record<string, unknown> }[] } }>(
      `{ tokens(subject: "shy") { edges { node { id kind subject role name createdBy expiresAt revokedAt } } } }`,
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
      `{ auditLogs { edges { node { action details targetId } } } tokens { edges { node { id } } } }`,
      {},
      asAdmin,
    );
    expect(JSON.stringify([everything, app.logged])).not.toContain(secret);
  });

  it('is worth nothing once it is revoked, on every way in', async () => {
    const { id, secret } = await createToken(app, { subject: 'gone' });
    expect(await whoIs(app, secret)).toMatchObject({ subject: 'gone' });
    await change(app, `revokeToken(id: "${id}")`);
    await expect.poll(() => whoIs(app, secret)).toBe(401);
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
      `{ tokens(subject: "gone") { edges { node { revokedAt } } } }`,
      {},
      asAdmin,
    );
    expect(Date.parse(data.tokens.edges[0]?.node.revokedAt ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('of an identity provider is revoked by its jti', async () => {
    const token = await jwtOf('jay', { id: 'one' });
    expect(await whoIs(app, token)).toMatchObject({ credentialId: 'jwt:one' });
    await change(app, `revokeToken(id: "jwt:one")`);
    await expect.poll(() => whoIs(app, token)).toBe(401);
    expect(await whoIs(app, await jwtOf('jay', { id: 'two' }))).toMatchObject({ subject: 'jay' });
  });

  it('that is configured is revoked by its id', async () => {
    const { credentialId } = (await whoIs(app, 'a-key-of-a-user')) as Who['viewer'];
    expect(credentialId).toMatch(/^key:[0-9a-f]{16}$/);
    await change(app, `revokeToken(id: "${credentialId ?? ''}")`);
    await expect.poll(() => whoIs(app, 'a-key-of-a-user')).toBe(401);
  });

  it('issued to a subject after everything of theirs was revoked is taken again', async () => {
    const before = await createToken(app, { subject: 'leo' });
    const jwt = await jwtOf('leo');
    await change(app, `revokeTokens(subject: "leo")`);
    await expect.poll(() => whoIs(app, before.secret)).toBe(401);
    expect(await whoIs(app, jwt)).toBe(401);
    const after = await createToken(app, { subject: 'leo' });
    expect(await whoIs(app, after.secret)).toMatchObject({ subject: 'leo' });
  });

  it.each([
    [{ subject: '' }, 'subject'],
    [{ subject: 'anonymous' }, 'subject'],
    [{ subject: 'system' }, 'subject'],
    [{ subject: 'a\nb' }, 'subject'],
    [{ subject: 'x'.repeat(257) }, 'subject'],
    [{ subject: 'x', name: '' }, 'name'],
    [{ subject: 'x', expiresInS: 0 }, 'expiresInS'],
    [{ subject: 'x', role: 'nobody-made-this' }, undefined],
  ])('is not made of %j', async (input, field) => {
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

  it('that never was cannot be revoked', async () => {
    const { data } = await app.graphql<{ revokeToken: { code: string } }>(
      `mutation { revokeToken(id: "tok_none") { ... on Failure { code } } }`,
      {},
      asAdmin,
    );
    expect(data.revokeToken.code).toBe('NOT_FOUND');
  });

  it('is made and revoked by managers only', async () => {
    const developer = bearing(await jwtOf('dev', { role: 'developer' }));
    for (const field of [
      'tokens { edges { node { id } } }',
      'createToken(input: { subject: "x" }) { __typename }',
      'revokeToken(id: "jwt:x") { __typename }',
      'revokeTokens(subject: "x") { __typename }',
    ]) {
      const kind = field.startsWith('tokens') ? 'query' : 'mutation';
      const { errors } = await app.graphql(`${kind} { ${field} }`, {}, developer);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requires: ['manage'] } }]);
    }
  });
});

describe('the command that makes a token', () => {
  let dir: string;
  let program: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'opsgraph-token-'));
    program = await programOf('src/cli/token.ts');
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
    return run(process.execPath, [program, ...args], { cwd: dir, env: given }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
  }

  it('prints one that the server takes, signed with a secret that only its owner can read', async () => {
    const { stdout } = await command(['ada', '3600', '--role', 'admin']);
    const token = stdout.trim();
    expect(decodeJwt(token)).toMatchObject({ sub: 'ada', role: 'admin' });
    const file = await stat(join(dir, 'jwt-secret'));
    expect(file.mode & 0o777).toBe(0o600);
    const app = await startTestApp({ DATA_DIR: dir, AUTH_REQUIRED: 'true' });
    expect(await whoIs(app, token)).toMatchObject({ subject: 'ada', role: 'admin' });
    expect(await whoIs(app, `${token}x`)).toBe(401);
  });

  it('makes no secret of its own in a directory that is not the server’s', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'opsgraph-elsewhere-'));
    onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
    const { PATH = '' } = process.env;
    const run = () =>
      promisify(execFile)(process.execPath, [program, 'ada'], { cwd: elsewhere, env: { PATH } }).catch(
        (error: { stdout: string; stderr: string }) => error,
      );
    const { stdout, stderr } = await run();
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^\S+\/data\/jwt-secret does not exist: run this command in the directory .*\n$/);
    expect(await readdir(elsewhere)).toEqual([]);

    await mkdir(join(elsewhere, 'data'));
    await copyFile(join(dir, 'jwt-secret'), join(elsewhere, 'data', 'jwt-secret'));
    expect((await run()).stdout).toMatch(/^eyJ/);
  });

  it('signs with JWT_SECRET where one is set', async () => {
    const secret = 'a shared secret of some thirty-two bytes';
    const { stdout } = await command(['uma'], { JWT_SECRET: secret });
    const app = await startTestApp({ JWT_SECRET: secret });
    expect(await whoIs(app, stdout.trim())).toMatchObject({ subject: 'uma', role: 'user', expiresAt: null });
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
  ])('says what is wrong with %j', async (args, words) => {
    const { stdout, stderr } = await command(args);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
    expect(stderr).toContain('Usage:');
  });

  it('signs nothing where keys are configured, for no JWT would be taken', async () => {
    const { stdout, stderr } = await command(['ada'], { AUTH_TOKENS: 'a-long-enough-key:ada:admin' });
    expect(stdout).toBe('');
    expect(stderr).toContain('AUTH_TOKENS');
    const app = await startTestApp({ AUTH_TOKENS: 'a-long-enough-key:ada:admin', DATA_DIR: dir });
    const own = (await command(['eve', '--role', 'admin'])).stdout.trim(); // signed with a secret that lies there
    expect(await whoIs(app, own)).toBe(401);
  });

  it('leaves it to the identity provider where there is one', async () => {
    const { stdout, stderr } = await command(['ada'], { JWT_JWKS_URL: 'https://id.example/keys' });
    expect(stdout).toBe('');
    expect(stderr).toContain('JWT_JWKS_URL');
  });
});
