import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { settings } from '../src/settings.ts';
import { read } from './_util/config.ts';

// Files with which operators start: a renamed setting or path, or a time that no longer fits, would be found by them.

const root = new URL('../', import.meta.url).pathname;
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

const { paths: served } = JSON.parse(text('schema/openapi.json')) as { paths: object };
const paths = Object.keys(served);

type Env = Readonly<Record<string, string>>;

/** Secrets that the operator gives. */
const given: Env = {
  DATABASE_URL: 'postgres://opsgraph:secret@postgres/opsgraph',
  REDIS_URL: 'redis://valkey:6379',
  JWT_SECRET: 'x'.repeat(32),
  AUTH_REQUIRED: 'true',
};
/** In containers, by the Dockerfile. */
const container: Env = { HOST: '0.0.0.0' };

const known = new Set(
  Object.values(settings).flatMap((section) => Object.values(section.settings).map(({ env }) => env)),
);

/** Names are settings, values are valid, and nothing warns. */
function expectValid(env: Env): ReturnType<typeof read>['config'] {
  for (const name of Object.keys(env)) expect(known).toContain(name);
  const { config, warnings } = read({ ...given, ...env });
  expect(warnings).toEqual([]);
  return config;
}

/** How long a process takes to stop, in seconds: what docs/scaling.md tells operators. */
function stopS({ sockets, workers }: ReturnType<typeof read>['config']): number {
  return sockets.drainMs / 1_000 + (workers.count > 1 ? 15 : 10);
}

const installed = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, name)));

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Env;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** `${NAME:-default}` becomes the default, and a variable that the operator sets becomes what is given. */
function resolved(environment: Env): Env {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => {
      const asked = /\$\{\w+:\?/.test(value);
      return [name, asked ? (given[name] ?? '') : value.replace(/\$\{\w+:-([^}]*)\}/g, '$1')];
    }),
  );
}

describe.each(['docker-compose.yml', 'deploy/compose/docker-compose.yaml'])('%s', (file) => {
  const { services, volumes } = parse(text(file), { merge: true }) as Compose;
  const instances = Object.entries(services).filter(([name]) => name.startsWith('opsgraph'));

  it('sets variables that the program has, with valid values', () => {
    expect(instances.length).toBeGreaterThan(0);
    for (const [, { environment = {} }] of instances) expectValid({ ...container, ...resolved(environment) });
  });

  it('waits until the server has stopped, and checks a path that it has', () => {
    for (const [, { environment = {}, healthcheck, stop_grace_period: grace = '' }] of instances) {
      const config = expectValid({ ...container, ...resolved(environment) });
      expect(Number.parseInt(grace, 10)).toBeGreaterThanOrEqual(stopS(config));
      const [, port = '', path = ''] =
        /127\.0\.0\.1:(\d+)(\/\w+)/.exec(healthcheck?.test.join(' ') ?? '') ?? [];
      expect(paths).toContain(path);
      expect(Number(port)).toBe(config.listen.port);
    }
  });

  it('names only services, volumes and hosts that it has', () => {
    for (const { environment = {}, depends_on: others = {}, volumes: mounted = [] } of Object.values(
      services,
    )) {
      for (const name of Object.keys(others)) expect(Object.keys(services)).toContain(name);
      for (const url of Object.values(environment).flatMap((value) => /@(\w+):\d+\//.exec(value)?.[1] ?? []))
        expect(Object.keys(services)).toContain(url);
      for (const volume of mounted) {
        const [source = ''] = volume.split(':');
        const isFile = source.startsWith('./') && existsSync(join(root, file, '..', source));
        expect(isFile || Object.keys(volumes).includes(source), source).toBe(true);
      }
    }
  });

  it('publishes ports on this computer only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

describe('deploy/compose/docker-compose.yaml', () => {
  const { services } = parse(text('deploy/compose/docker-compose.yaml'), { merge: true }) as Compose;
  const nginx = text('deploy/compose/nginx.conf');

  it('has two equal instances, which nginx knows', () => {
    expect(services['opsgraph-1']).toEqual(services['opsgraph-2']);
    const servers = [...nginx.matchAll(/^ *server ([\w-]+):(\d+)/gm)].map(
      ([, host, port]) => `${host}:${port}`,
    );
    expect(servers).toEqual(['opsgraph-1:9200', 'opsgraph-2:9200']);
    expect(services['proxy']?.ports).toEqual(['127.0.0.1:9200:9200']);
    expect(nginx).toMatch(/listen 9200;/);
  });

  it('passes WebSockets and event streams on', () => {
    const { config } = read(given);
    const directive = (name: string): string => new RegExp(`^ *${name} (.*);$`, 'm').exec(nginx)?.[1] ?? '';
    expect(directive('proxy_http_version')).toBe('1.1');
    expect(nginx).toMatch(/proxy_set_header Upgrade \$http_upgrade;/);
    expect(nginx).toMatch(/proxy_set_header Connection \$connection_upgrade;/);
    expect(nginx).toMatch(/proxy_set_header X-Forwarded-For \$remote_addr;/);
    expect(directive('proxy_buffering')).toBe('off');
    const pingS = config.timing.realtime.pingIntervalMs / 1_000;
    expect(Number.parseInt(directive('proxy_read_timeout'), 10)).toBeGreaterThan(pingS);
    expect(services['opsgraph-1']?.environment).toMatchObject({ TRUST_PROXY: 'true' });
  });

  it('gives the stream of news more memory than it takes, and evicts nothing', () => {
    const command = services['valkey']?.command ?? [];
    const of = (option: string): string | undefined => command[command.indexOf(option) + 1];
    expect(of('--maxmemory')).toBe('128mb');
    expect(of('--maxmemory-policy')).toBe('noeviction');
  });
});

describe('deploy/systemd/opsgraph.service', () => {
  const unit = text('deploy/systemd/opsgraph.service');
  const values = (name: string): string[] =>
    [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);

  it('sets variables that the program has, starts it, and waits until it has stopped', () => {
    const env = Object.fromEntries(values('Environment').map((pair) => pair.split('='))) as Env;
    const config = expectValid(env);
    expect(values('ExecStart')).toEqual(['/usr/bin/node dist/opsgraph.js start']);
    const { bin } = JSON.parse(text('package.json')) as { bin: { opsgraph: string } };
    expect(bin.opsgraph).toBe('dist/opsgraph.js');
    expect(Number(values('TimeoutStopSec')[0])).toBeGreaterThanOrEqual(stopS(config));
    expect(config.database.dataDir).toBe(`/var/lib/${values('StateDirectory')[0]}`);
    expect(config.workers.count).toBeGreaterThan(1); // a reload ends a single process
  });

  it.skipIf(!installed('systemd-analyze'))('is valid for systemd', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'opsgraph-unit-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const file = join(dir, 'opsgraph.service');
    // Programs of this machine, and no account that it does not have.
    const here = unit
      .replace('/usr/bin/node', process.execPath)
      .replace(/^(User|EnvironmentFile|WorkingDirectory)=.*\n/gm, '');
    await writeFile(file, here);
    const { stdout, stderr } = await promisify(execFile)('systemd-analyze', ['verify', '--man=no', file]);
    const about = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('opsgraph.service'));
    expect(about).toEqual([]);
  });
});

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly selector: { readonly matchLabels?: Env };
    readonly ports?: readonly { readonly port: number; readonly targetPort: string }[];
    readonly template?: {
      readonly metadata: { readonly labels: Env };
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly containers: readonly Container[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

describe('deploy/kubernetes/opsgraph.yaml', () => {
  const documents = parseAllDocuments(text('deploy/kubernetes/opsgraph.yaml'));
  const manifests = new Map(
    documents
      .map((one) => (one.toJS() as Manifest).kind)
      .map((kind, index) => [kind, documents[index]?.toJS() as Manifest]),
  );
  const pod = manifests.get('Deployment')?.spec.template;
  const server = pod?.spec.containers[0];
  if (pod === undefined || server === undefined) throw new Error('the manifest has no container');
  const { env, ports } = server;
  const config = expectValidContainer();

  function expectValidContainer() {
    const values = Object.fromEntries(env.map(({ name, value = 'node' }) => [name, value]));
    return expectValid({ ...container, ...values });
  }

  it('sets variables that the program has, and asks for the secrets that it needs', () => {
    expect(env.map(({ name }) => name)).toEqual(['AUTH_REQUIRED', 'LOG_TO_FILE', 'HOST_ID']);
    const secrets = [...text('deploy/kubernetes/opsgraph.yaml').matchAll(/--from-literal=(\w+)/g)];
    for (const [, name = ''] of secrets) expect(known).toContain(name);
  });

  it('probes paths of the server on the port where it listens', () => {
    expect(ports).toEqual([{ name: 'http', containerPort: config.listen.port }]);
    for (const [probe, path] of [
      [server.startupProbe, '/livez'],
      [server.livenessProbe, '/livez'],
      [server.readinessProbe, '/readyz'],
    ] as const) {
      expect(probe.httpGet).toEqual({ path, port: 'http' });
      expect(paths).toContain(path);
    }
  });

  it('waits until the server has stopped', () => {
    const preStopS = Number(server.lifecycle.preStop.exec.command[1]);
    expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(preStopS + stopS(config));
    expect(pod.spec.terminationGracePeriodSeconds).toBeLessThanOrEqual(preStopS + stopS(config) + 10);
  });

  it('leads the Service to the pods, and gives them the directories that they write', () => {
    const service = manifests.get('Service')?.spec;
    expect(service?.selector).toEqual(pod.metadata.labels);
    expect(service?.ports?.[0]).toMatchObject({ port: config.listen.port, targetPort: 'http' });
    expect(manifests.get('Deployment')?.spec.selector.matchLabels).toEqual(pod.metadata.labels);
    expect(server.volumeMounts.map(({ name }) => name)).toEqual(pod.spec.volumes.map(({ name }) => name));
    expect(text('Dockerfile')).toContain(`DATA_DIR=${server.volumeMounts[0]?.mountPath}\n`);
  });
});
