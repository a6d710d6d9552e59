import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../_util/database.ts';
import { opsgraph } from '../_util/process.ts';
import { emptyFolder, FeedClient, systemMetrics } from '../legacy/_old-client.ts';

describe('the program', () => {
  it('A87: reads .env in its folder, gives precedence to the environment, and logs to stdout line by line', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const dir = await emptyFolder();
    await writeFile(
      join(dir, '.env'),
      [
        '# as the documentation has it',
        'PORT=0',
        `DATABASE_URL="${database.connection}"`,
        'OLLAMA_URL=',
        'FEATURE_OMNI_MONITOR=false            # Enable omni monitor',
        'FEATURE_GOVERNANCE_PANEL=false',
        'WEBSOCKET_RECONNECT_ATTEMPTS=3',
        'LOG_LEVEL=INFO',
      ].join('\n'),
    );
    const child = spawn(process.execPath, [await opsgraph(), 'start'], {
      cwd: dir,
      env: { PATH: process.env['PATH'] ?? '', FEATURE_GOVERNANCE_PANEL: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let printed = '';
    let complaints = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        printed += chunk;
        const ready = printed.split('\n').find((line) => line.includes('"ready"'));
        if (ready === undefined) return;
        resolve((JSON.parse(ready) as { addresses: { http: string } }).addresses.http);
      });
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaints += chunk));
      child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${complaints}`)));
    });
    expect((await fetch(`${url}/api/websocket/connections`)).status).toBe(503);
    expect((await fetch(`${url}/api/governance/roles`)).status).toBe(200);
    expect(await (await fetch(`${url}/info`)).json()).toMatchObject({ realtime: { reconnect_attempts: 3 } });
    const client = new FeedClient(`${url.replace('http', 'ws')}/ws/system`);
    expect(await client.next()).toFit(systemMetrics);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await client.closed).code).toBe(1001);
    expect((await ended)[0]).toBe(0);
    const lines = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.every(({ level, time }) => typeof level === 'string' && typeof time === 'string')).toBe(
      true,
    );
    expect(lines.some(({ path }) => path === '/ws/system')).toBe(true); // the WebSocket log is there too
  });
});
