import { describe, expect, test } from 'vitest';
import { config, errors, read } from '../../test/_util/config.ts';
import { isLoopback } from '../lib/loopback.ts';

describe('HOST', () => {
  test.each(['127.0.0.1', '127.8.9.10', '::1', '[::1]', 'localhost', 'LOCALHOST', '0:0:0:0:0:0:0:1'])(
    'accepts the loopback address %s without credentials',
    (host) => {
      expect(errors({ HOST: host })).toEqual([]);
    },
  );

  test.each(['0.0.0.0', '::', '192.168.1.5', 'ops.example.com', '::ffff:10.0.0.1'])(
    'accepts %s only with AUTH_REQUIRED or ALLOW_ANONYMOUS',
    (host) => {
      expect(errors({ HOST: host })).toEqual([
        expect.stringMatching(/^HOST must be .*AUTH_REQUIRED=true.*ALLOW_ANONYMOUS=true.*got "/),
      ]);
      expect(config({ HOST: host, AUTH_REQUIRED: 'true' }).listen.host).toBe(host);
      expect(config({ HOST: host, ALLOW_ANONYMOUS: '1' }).listen.host).toBe(host);
    },
  );

  test('rejects a value that is neither a host name nor an address', () => {
    for (const host of ['*', 'http://h', 'h:80', '1.2.3', 'a b']) {
      expect(errors({ HOST: host })).toEqual([
        `HOST must be an IP address or a host name, without a port, got "${host}"`,
      ]);
    }
  });

  test('recognizes a loopback address by its meaning', () => {
    expect(isLoopback('127.0.0.1.example.com')).toBe(false);
    expect(isLoopback('::ffff:127.0.0.1')).toBe(true);
  });
});

describe('the main listener', () => {
  test('keeps idle connections for longer than load balancers do by default', () => {
    expect(config({}).listen.keepAliveMs).toBeGreaterThan(60_000);
    expect(config({ HTTP_KEEP_ALIVE_S: '360' }).listen.keepAliveMs).toBe(360_000);
    expect(errors({ HTTP_KEEP_ALIVE_S: '0' })).toHaveLength(1);
  });

  test('uses TLS when the certificate and the key are set', () => {
    const env = { TLS_CERT_FILE: 'c.pem', TLS_KEY_FILE: '/k.pem' };
    const { config } = read(env, { '/srv/ops/c.pem': 'x', '/k.pem': 'y' });
    expect(config.listen.tls).toEqual({ certFile: '/srv/ops/c.pem', keyFile: '/k.pem' });
    expect(config.advertised.protocol).toBe('wss');
    expect(errors({ TLS_KEY_FILE: '/k.pem' }, { '/k.pem': 'y' })).toEqual([
      'TLS_CERT_FILE is missing: set both TLS_CERT_FILE and TLS_KEY_FILE, or neither',
    ]);
  });
});

describe('the advertised address', () => {
  test('is independent of the address that is bound', () => {
    const env = { WEBSOCKET_HOST: 'ops.example.com', WEBSOCKET_PORT: '443', WEBSOCKET_PROTOCOL: 'WSS' };
    expect(config(env).advertised).toEqual({ host: 'ops.example.com', port: 443, protocol: 'wss' });
    expect(config(env).listen).toMatchObject({ host: '127.0.0.1', port: 9200, tls: null });
  });

  test('opens no port, and a port on which nothing listens causes a warning', () => {
    const warnings = (env: Record<string, string>): readonly string[] => read(env).warnings;
    expect(config({ WEBSOCKET_PORT: '9300' }).legacyListeners).toEqual([]);
    expect(config({ WEBSOCKET_PORT: '9300' }).advertised.port).toBe(9300);
    expect(warnings({ WEBSOCKET_PORT: '9300' })).toEqual([
      'WEBSOCKET_PORT=9300 is sent to clients, but this server does not listen on it: have a proxy do so, ' +
        'or set PORT or LEGACY_LISTENERS',
    ]);
    for (const ours of [{ PORT: '9300' }, { LEGACY_LISTENERS: 'autoops:9300' }])
      expect(warnings({ WEBSOCKET_PORT: '9300', ...ours })).toEqual([]);
    for (const proxy of [{ WEBSOCKET_HOST: 'ops.example.com' }, { WEBSOCKET_PROTOCOL: 'wss' }])
      expect(warnings({ WEBSOCKET_PORT: '443', ...proxy })).toEqual([]);
    expect(errors({ WEBSOCKET_PORT: '0' })).toHaveLength(1);
  });

  test('is an address that a client can connect to', () => {
    expect(config({ HOST: '0.0.0.0', ALLOW_ANONYMOUS: 'true' }).advertised.host).toBe('localhost');
    expect(config({ HOST: '::', ALLOW_ANONYMOUS: 'true' }).advertised.host).toBe('localhost');
    expect(config({ HOST: '::1' }).advertised.host).toBe('[::1]');
    expect(errors({ WEBSOCKET_PROTOCOL: 'http' })).toEqual([
      'WEBSOCKET_PROTOCOL must be ws or wss, got "http"',
    ]);
  });
});
