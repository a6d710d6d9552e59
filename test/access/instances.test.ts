import { expect, it } from 'vitest';
import { createTestDatabase } from '../_util/database.ts';
import { startTestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { adminKey, change, createToken, guarded, hear, jwtOf } from './_access.ts';

it('a revocation on one instance ends connections on the others', async () => {
  await using database = await createTestDatabase();
  const [here, there] = await Promise.all(
    [1, 2].map(() => startTestApp(guarded, { database: database.connection, keep: true })),
  );
  if (here === undefined || there === undefined) throw new Error('two were started');
  try {
    await change(here, 'upsertRole(input: { roleId: "watcher", capabilities: ["read"] })');
    const { id, secret } = await createToken(here, { subject: 'uma' });
    const follow = (token: string) =>
      hear(
        graphqlClient(there.wsUrl, { connectionParams: { authorization: token }, retryAttempts: 0 }),
        'subscription { roleHierarchy { roles { id: roleId } } }',
      );
    const [byToken, byRole, admin] = [
      follow(secret),
      follow(await jwtOf('wen', { role: 'watcher' })),
      follow(adminKey),
    ];
    await Promise.all([byToken, byRole, admin].map((heard) => heard.result(1)));
    await change(here, `revokeToken(input: { tokenId: "${id}" })`);
    expect(await byToken.ended).toMatchObject([{ extensions: { ended: 'revoked' } }]);
    await change(here, 'upsertRole(input: { roleId: "watcher", capabilities: [] })');
    expect(await byRole.ended).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await change(here, 'upsertRole(input: { roleId: "another", capabilities: [] })');
    const latest = async () => JSON.stringify(admin.results.at(-1));
    await expect.poll(latest).toContain('another');
  } finally {
    await Promise.all([here.stop(), there.stop()]);
  }
});
