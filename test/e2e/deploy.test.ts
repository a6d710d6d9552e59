import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { RawClient } from '../_util/clients.ts';
import { freePort } from '../_util/process.ts';
import { publishMutation } from '../_util/publish.ts';

// The files of deploy/ with a real Prometheus, which scrapes a real server: a metric that is renamed, or a label that
// does not exist, would leave a panel empty and an alert silent without any error.

const deploy = new URL('../../deploy/', import.meta.url).pathname;
const rules = join(deploy, 'prometheus/alerts.yaml');

const isInstalled = ['prometheus', 'promtool'].every((name) =>
  (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, name))),
);
if (!isInstalled)
  console.warn('\nSKIPPED: prometheus is not installed; the dashboard and the alert rules are not tested.\n');

const promtool = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)('promtool', args)).stdout;

interface Target {
  readonly expr: string;
}

interface Dashboard {
  readonly annotations: { readonly list: readonly Target[] };
  readonly templating: { readonly list: readonly { readonly query: { readonly query: string } | string }[] };
  readonly panels: readonly { readonly title: string; readonly targets?: readonly Target[] }[];
}

async function dashboard(): Promise<Dashboard> {
  return JSON.parse(await readFile(join(deploy, 'grafana/opsgraph.json'), 'utf8')) as Dashboard;
}

/** Replaces the variables of Grafana by values. */
function resolved(expr: string): string {
  return expr
    .replaceAll('$job', 'opsgraph')
    .replaceAll('$instance', '.*')
    .replaceAll('$__rate_interval', '5s');
}

/** A filter hides the values that are not shown: `metric > 0`. */
const unfiltered = (expr: string): string => expr.replace(/ > [\d.]+$/, '');

const metricsIn = (text: string): string[] => text.match(/\b(?:opsgraph|process|nodejs)_\w+/g) ?? [];

describe.skipIf(!isInstalled)('the alert rules', () => {
  it('are valid', async () => {
    expect(await promtool('check', 'rules', rules)).toContain('SUCCESS');
  });

  it('fire when they should, and not on a healthy instance', async () => {
    const tests = join(deploy, 'prometheus/alerts.test.yaml');
    expect(await promtool('test', 'rules', tests)).toContain('SUCCESS');
    const text = await readFile(tests, 'utf8');
    const named = (await readFile(rules, 'utf8')).matchAll(/- alert: (\w+)/g);
    for (const [, alert] of named) expect(text).toMatch(new RegExp(`alertname: ${alert}\n *exp_alerts`));
  });
});

describe.skipIf(!isInstalled)('Prometheus, with the server as its target', () => {
  let app: TestApp;
  let api = '';
  let stop: () => Promise<void>;

  beforeAll(async () => {
    app = await startTestApp({}, { keep: true });
    const port = await freePort();
    api = `http://127.0.0.1:${port}/api/v1`;
    const dir = await mkdtemp(join(tmpdir(), 'opsgraph-prometheus-'));
    const config = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [rules],
      scrape_configs: [{ job_name: 'opsgraph', static_configs: [{ targets: [new URL(app.url).host] }] }],
    };
    const file = join(dir, 'prometheus.json');
    await writeFile(file, JSON.stringify(config)); // JSON is YAML
    const child = spawn(
      'prometheus',
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${dir}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
      ],
      { cwd: dir, stdio: 'ignore' },
    );
    const exited = once(child, 'exit');
    stop = async () => {
      child.kill('SIGKILL');
      await exited;
      await app.stop();
      await rm(dir, { recursive: true });
    };
  });

  afterAll(() => stop());

  /** The result of a call of Prometheus's API, as soon as it responds. */
  async function ask<Result>(path: string): Promise<Result> {
    for (;;) {
      const response = await fetch(api + path).catch(() => null);
      if (response === null || response.status === 503) {
        await sleep(20);
        continue;
      }
      const body = (await response.json()) as { readonly data: Result; readonly error?: string };
      if (body.error !== undefined) throw new Error(`${path}: ${body.error}`);
      return body.data;
    }
  }

  const valuesOf = async (expr: string): Promise<readonly unknown[]> => {
    const path = `/query?query=${encodeURIComponent(expr)}`;
    return (await ask<{ readonly result: readonly unknown[] }>(path)).result;
  };

  it('has data for every panel of the dashboard', async () => {
    const socket = await new RawClient(`${app.wsUrl}/ws/system`).opened();
    const follow = await new RawClient(`${app.wsUrl}/graphql`, {}, ['graphql-transport-ws']).opened();
    follow.send({ type: 'connection_init' });
    await follow.ofType('connection_ack');
    const query = 'subscription { events { id } }';
    follow.send({ id: 'e', type: 'subscribe', payload: { query } });
    const { data } = await app.graphql<{ jobs: { jobId: string }[] }>('{ jobs { jobId } }');
    const id = data.jobs[0]?.jobId;
    await app.graphql(`mutation { triggerJob(input: { jobId: "${id}" }) { __typename } }`);
    const events = [{ event: { type: 'deploy.tested', message: 'reported' } }];

    const { panels, annotations } = await dashboard();
    const empty = new Map(
      panels.flatMap(({ title, targets = [] }) =>
        targets.map(({ expr }) => [unfiltered(resolved(expr)), title] as const),
      ),
    );
    for (const { expr } of annotations.list) empty.set(unfiltered(resolved(expr)), 'Restarts');
    expect(empty.size).toBeGreaterThan(40);
    const before = Date.now();
    while (empty.size > 0) {
      await app.graphql(publishMutation(), { events }); // so that rates and quantiles have values
      for (const expr of empty.keys()) if ((await valuesOf(expr)).length > 0) empty.delete(expr);
      if (Date.now() - before > 25_000) throw new Error(`no data: ${JSON.stringify([...empty], null, 2)}`);
      await sleep(100);
    }
    socket.close();
    follow.close();
  });

  it('evaluates every rule without an error, and the rules name metrics that exist', async () => {
    interface Rule {
      readonly name: string;
      readonly health: string;
      readonly lastError?: string;
      readonly query: string;
    }
    const loaded = async (): Promise<readonly Rule[]> => {
      const { groups } = await ask<{ readonly groups: readonly { readonly rules: readonly Rule[] }[] }>(
        '/rules',
      );
      return groups.flatMap((group) => group.rules);
    };
    await expect
      .poll(async () => (await loaded()).filter(({ health }) => health !== 'ok'), { timeout: 10_000 })
      .toEqual([]);
    const all = await loaded();
    expect(all.length).toBeGreaterThan(10);
    const known = new Set(await ask<string[]>('/label/__name__/values'));
    for (const { name, query } of all)
      for (const metric of metricsIn(query)) expect(known, `${name}: ${metric}`).toContain(metric);
  });

  it('has values for every variable of the dashboard', async () => {
    const { templating } = await dashboard();
    const queries = templating.list.flatMap(({ query }) => (typeof query === 'string' ? [] : [query.query]));
    expect(queries).toHaveLength(2);
    for (const query of queries) {
      const [, selector = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(query) ?? [];
      const path = `/label/${label}/values?match[]=${encodeURIComponent(resolved(selector))}`;
      expect((await ask<string[]>(path)).length).toBe(1);
    }
  });
});
