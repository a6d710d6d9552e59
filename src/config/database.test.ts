import { describe, expect, test } from 'vitest';
import { config, errors, read } from '../../test/_util/config.ts';

describe('DATABASE_URL', () => {
  test('accepts only a PostgreSQL URL', () => {
    for (const url of ['postgres://u:p@h:5432/d', 'postgresql:///d?host=/run/postgresql']) {
      expect(config({ DATABASE_URL: url }).database.url).toBe(url);
    }
    expect(errors({ DATABASE_URL: 'u:p@h/d' })).toEqual([
      expect.stringMatching(/^DATABASE_URL must be a URL/),
    ]);
  });

  test('can be completed by DATABASE_LISTEN_URL, whose password the log does not show', () => {
    const listen = 'postgres://u:hunter2@h:5432/d';
    const { config, shown } = read({ DATABASE_URL: 'postgres://u:p@h:6432/d', DATABASE_LISTEN_URL: listen });
    expect(config.database.listenUrl).toBe(listen);
    expect(JSON.stringify(shown)).not.toContain('hunter2');
    expect(errors({ DATABASE_LISTEN_URL: listen })).toEqual(['DATABASE_LISTEN_URL requires DATABASE_URL']);
    expect(
      errors({ DATABASE_URL: 'postgres://h/d', DATABASE_LISTEN_URL: `${listen}?sslmod=require` }),
    ).toEqual([expect.stringMatching(/^DATABASE_LISTEN_URL has the parameter sslmod; allowed/)]);
  });

  test('accepts only TLS parameters that the driver knows and files that it can read', () => {
    const files = { '/srv/ops/ca.pem': 'x' };
    const url = 'postgres://u:hunter2@h/d?sslmode=verify-full&sslrootcert=ca.pem';
    expect(read({ DATABASE_URL: url }, files).config.database.url).toBe(url);
    expect(errors({ DATABASE_URL: url })).toEqual([
      'DATABASE_URL has sslrootcert="ca.pem", which cannot be read (ENOENT)',
    ]);
    expect(errors({ DATABASE_URL: 'postgres://u:hunter2@h/d?sslmod=require&sslmode=verify_full' })).toEqual([
      expect.stringMatching(/^DATABASE_URL has the parameter sslmod; allowed/),
      expect.stringMatching(/^DATABASE_URL has sslmode="verify_full"; allowed: disable, .*verify-full$/),
    ]);
  });
});
