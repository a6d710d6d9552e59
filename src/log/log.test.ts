import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../errors.ts';
import { openLog, openSocketLog, silentLog, type LogLevel } from './log.ts';

/** A log whose lines can be read. */
function listen(level: LogLevel = 'DEBUG') {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const parsed = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log: openLog({ level, destination }), destination, lines, parsed };
}

describe('the log', () => {
  test('writes one JSON object a line, with time, level and message', () => {
    const { log, lines, parsed } = listen();
    log.warn({ port: 9200 }, 'port is busy');
    expect(parsed()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: 'WARNING',
        port: 9200,
        msg: 'port is busy',
      },
    ]);
    expect(lines[0]?.endsWith('}\n')).toBe(true);
  });

  test.each([
    ['DEBUG', ['DEBUG', 'INFO', 'WARNING', 'ERROR']],
    ['INFO', ['INFO', 'WARNING', 'ERROR']],
    ['WARNING', ['WARNING', 'ERROR']],
    ['ERROR', ['ERROR']],
  ] as const)('at %s writes %j', (level, expected) => {
    const { log, parsed } = listen(level);
    log.debug({}, 'a');
    log.info({}, 'b');
    log.warn({}, 'c');
    log.error({}, 'd');
    expect(parsed().map((line) => line['level'])).toEqual(expected);
  });

  test('writes an error with its type, message, stack, cause and further properties', () => {
    const { log, parsed } = listen();
    const cause = new TypeError('no such host');
    log.error({ error: new AppError('TIMEOUT', 'too slow', { cause, details: { afterMs: 5 } }) }, 'failed');
    expect(parsed()[0]?.['error']).toMatchObject({
      type: 'AppError',
      message: 'too slow',
      stack: expect.stringContaining('log.test.ts'),
      code: 'TIMEOUT',
      details: { afterMs: 5 },
      cause: { type: 'TypeError', message: 'no such host' },
    });
  });

  test('accepts an error in place of the fields', () => {
    const { log, parsed } = listen();
    log.error(new RangeError('too far'), 'failed');
    expect(parsed()[0]?.['err']).toMatchObject({ type: 'RangeError', message: 'too far' });
  });

  test('masks the value of a key that names a secret, at any depth', () => {
    const { log, parsed } = listen();
    const headers = { Authorization: 'Bearer abc', cookie: 'a=b', 'x-api-key': 'k', host: 'h' };
    const servers = new Map([['github', { apiKey: 'k', url: 'http://h' }]]);
    log.info(
      { headers, servers, password: 'p', token: 7, secret: { a: 1 }, rawHeaders: ['X-Api-Key', 'k'] },
      'x',
    );
    expect(parsed()[0]).toMatchObject({
      headers: { Authorization: '***', cookie: '***', 'x-api-key': '***', host: 'h' },
      servers: { github: { apiKey: '***', url: 'http://h' } },
      password: '***',
      token: '***',
      secret: '***',
      rawHeaders: ['X-Api-Key', '***'],
    });
  });

  test('shows that a secret is absent, and counts of tokens', () => {
    const { log, parsed } = listen();
    log.info({ token: null, password: false, maxTokens: 512 }, 'x');
    expect(parsed()[0]).toMatchObject({ token: null, password: false, maxTokens: 512 });
  });

  test('masks a secret anywhere in a line', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9._-]{16,40}$/);
    fc.assert(
      fc.property(secret, (value) => {
        const { log, lines } = listen();
        const failure = new Error(`connect postgres://u:${value}@db failed`, {
          cause: new Error(`token=${value}`),
        });
        log
          .child({ url: `/ws?token=${value}` })
          .error({ failure, list: [{ api_key: value }] }, `Bearer ${value}`);
        log.info({ [`/ws?token=${value}`]: 1 }, 'x');
        log.info(failure, `?access_token=${value}`);
        expect(lines).toHaveLength(3);
        expect(lines.join('')).not.toContain(value);
      }),
    );
  });

  test('writes one whole line for any fields and any message', () => {
    fc.assert(
      fc.property(
        fc.object({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
        fc.string(),
        (fields, msg) => {
          const { log, lines } = listen();
          log.info(fields, msg);
          expect(lines).toHaveLength(1);
          expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
          expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'INFO' });
        },
      ),
    );
  });

  test('writes no forged line break and no forged field', () => {
    const { log, parsed } = listen();
    log.info({ level: 'ERROR', time: 0, msg: 'forged', user: 'a\n{"level":"ERROR"}' }, 'real\r\nline');
    expect(parsed()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        msg: 'real\r\nline',
        'field.level': 'ERROR',
        'field.msg': 'forged',
      }),
    ]);
  });

  test('writes circular, deep and long values, and fields that throw', () => {
    const { log, parsed } = listen();
    const circle: Record<string, unknown> = { name: 'c' };
    circle['self'] = circle;
    let deep: object = {};
    for (let level = 0; level < 50; level += 1) deep = { deep };
    log.info({ circle, deep, long: 'x'.repeat(100_000), many: Array.from({ length: 5000 }, () => 1) }, 'big');
    log.info(
      {
        get broken(): string {
          throw new Error('no');
        },
      },
      'broken',
    );
    expect(parsed()[0]).toMatchObject({ circle: { self: '[circular]' } });
    expect(JSON.stringify(parsed()[0]).length).toBeLessThan(10_000);
    expect(parsed()[1]).toMatchObject({ msg: 'broken', unloggable: 'Error: no' });
  });

  test('adds the fields of a child to the lines of that child only', () => {
    const { log, parsed } = listen();
    const child = log.child({ room: 'journal' }).child({ topic: 'host' });
    child.info({}, 'a');
    log.info({}, 'b');
    expect(parsed()[0]).toMatchObject({ room: 'journal', topic: 'host' });
    expect(parsed()[1]).not.toHaveProperty('room');
  });

  test('can be silent', () => {
    expect(silentLog.child({ a: 1 })).toBe(silentLog);
    silentLog.error({}, 'silent');
  });
});

describe('the WebSocket log', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'log-test-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  async function write(level: LogLevel) {
    const stdout = listen();
    const logs = join(dir, 'deep', 'logs');
    const log = openSocketLog({ dir: logs, level, destination: stdout.destination });
    log.opened({ path: '/ws/system' });
    log.message({ data: '{"token":"abcdef"}' });
    log.failed({ address: '192.0.2.1', error: new Error('broken pipe'), recovery: 'reconnect' });
    log.closed({ code: 1001 });
    await log[Symbol.asyncDispose]();
    const text = readFileSync(join(logs, 'websocket.log'), 'utf8');
    return {
      log,
      text,
      lines: text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
      stdout,
    };
  }

  test('writes opened, failed and closed at INFO, to the file and to stdout', async () => {
    const { lines, text, stdout, log } = await write('INFO');
    expect(lines).toMatchObject([
      { level: 'INFO', log: 'websocket', msg: 'socket opened', path: '/ws/system' },
      {
        level: 'INFO',
        msg: 'socket failed',
        error: { type: 'Error', message: 'broken pipe' },
        recovery: 'reconnect',
      },
      { level: 'INFO', msg: 'socket closed', code: 1001 },
    ]);
    expect(stdout.lines.join('')).toBe(text);
    expect(log.logsMessages).toBe(false);
  });

  test('writes every message at DEBUG, without its secrets', async () => {
    const { lines, text, log } = await write('DEBUG');
    expect(lines[1]).toMatchObject({ level: 'DEBUG', msg: 'socket message', data: '{"token":"***"}' });
    expect(text).not.toContain('abcdef');
    expect(log.logsMessages).toBe(true);
  });

  test('writes 30 failures per address and minute, and then the number of the others', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const stdout = listen();
    const log = openSocketLog({ dir: null, level: 'INFO', destination: stdout.destination });
    for (let host = 0; host < 40; host++) log.failed({ address: `2001:db8::${host}`, reason: 'refused' });
    log.failed({ address: '192.0.2.1', reason: 'another address' });
    expect(stdout.lines.length).toBe(31);
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(JSON.parse(stdout.lines.at(-1) ?? '')).toMatchObject({ suppressed: 10 });
    await log[Symbol.asyncDispose]();
  });

  test('writes nothing at WARNING', async () => {
    const stdout = listen();
    const log = openSocketLog({ dir, level: 'WARNING', destination: stdout.destination });
    log.closed({ code: 1000 });
    await log[Symbol.asyncDispose]();
    expect(readFileSync(join(dir, 'websocket.log'), 'utf8')).toBe('');
  });

  test('appends to the file, and has written every line once it is disposed', async () => {
    writeFileSync(join(dir, 'websocket.log'), '{"before":true}\n');
    const log = openSocketLog({ dir, level: 'INFO', destination: { write() {} } });
    for (let index = 0; index < 5000; index += 1) log.opened({ index, padding: 'x'.repeat(200) });
    await log[Symbol.asyncDispose]();
    await log[Symbol.asyncDispose]();
    log.opened({ late: true });
    const lines = readFileSync(join(dir, 'websocket.log'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(5001);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ index: 4999 });
  });

  test.skipIf(!existsSync('/dev/full'))('continues after a full disk', async () => {
    symlinkSync('/dev/full', join(dir, 'websocket.log'));
    const stdout = listen();
    const log = openSocketLog({ dir, level: 'INFO', destination: stdout.destination });
    for (let index = 0; index < 100; index += 1) log.opened({ index });
    await log[Symbol.asyncDispose]();
    expect(stdout.lines).toHaveLength(100);
  });

  test('throws when the file cannot be opened', () => {
    writeFileSync(join(dir, 'file'), '');
    expect(() => openSocketLog({ dir: join(dir, 'file'), level: 'INFO' })).toThrow(/EEXIST|ENOTDIR/);
  });
});
