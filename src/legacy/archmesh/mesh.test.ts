import { describe, expect, test, vi } from 'vitest';
import { AppError } from '../../errors.ts';
import { Mesh, type MeshOptions } from './mesh.ts';

function mesh(authenticate: MeshOptions['authenticate']): Mesh {
  const limits = { connectionsMax: 1, idleTimeoutMs: 1, messagesPerMinuteMax: 1 };
  return new Mesh({ ...limits, authenticate, rejected() {} });
}

const url = new URL('ws://localhost/ws?token=x');

describe('authenticating clients', () => {
  test('M36: is rejected with 503 and a retry time after five failures in a row', async () => {
    const authenticate = vi.fn<MeshOptions['authenticate']>(() => Promise.reject(new Error('broken')));
    const broken = mesh(authenticate);
    for (let call = 0; call < 5; call++) await expect(broken.identify(url)).rejects.toThrow('broken');
    await expect(broken.identify(url)).rejects.toMatchObject({ status: 503, details: { retry_after: 60 } });
    expect(authenticate).toHaveBeenCalledTimes(5);
    expect(broken.states()).toEqual({ connection: 'open', message: 'closed' });
  });

  test('M36: is rejected too after five registrations in a row failed, though the tokens are valid', async () => {
    const viewer = { subject: 'ann', authenticated: true, role: null, capabilities: new Set(['read']) };
    const broken = mesh(() => Promise.resolve(viewer));
    for (let client = 0; client < 5; client++) {
      expect(await broken.identify(url)).toBe(viewer);
      const registered = broken.registration.run(() => Promise.reject(new Error('broken')));
      await expect(registered).rejects.toThrow('broken');
    }
    await expect(broken.identify(url)).rejects.toMatchObject({ status: 503, details: { retry_after: 60 } });
    expect(broken.states().connection).toBe('open');
  });

  test('M36: continues however many tokens are invalid', async () => {
    const strict = mesh(() => Promise.reject(new AppError('AUTHENTICATION_FAILED', 'no')));
    for (let call = 0; call < 20; call++)
      expect(await strict.identify(url)).toMatchObject({ authenticated: false });
    expect(strict.states().connection).toBe('closed');
  });
});
