import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';

// Which folder may import which. An entry is a room (`journal`), one file (`journal/topic.ts`), a layer of the same noun
// (`./events.ts`) or of any noun (`*/events.ts`). Files of one room may import each other; nouns and dialects say so
// themselves (`./`: anything of one's own).
//
// `shapes` may be imported with `import type` only: a signature names the types of its parameters, which does not make a
// room depend on how they are implemented. Each such entry has its reason beside it.

interface Room {
  readonly may: readonly string[];
  readonly shapes?: readonly string[];
}

/** Tools that know nothing of us, and the codes that clients match. Any room may use both. */
const words = ['lib', 'errors'];

const rooms: Readonly<Record<string, Room>> = {
  lib: { may: [] },
  errors: { may: [] },
  log: { may: ['lib'] },
  // How settings are declared and read, and those of no room in particular.
  config: { may: ['lib'] },
  migrations: { may: [] },
  db: { may: [...words, 'log', 'config'] },
  'db/migrate.ts': { may: [...words, 'log', 'db', 'migrations/list.ts'] },
  'db/open-store.ts': { may: ['db', 'db/migrate.ts', 'db/later-indexes.ts'], shapes: ['log', 'config'] },
  'db/later-indexes.ts': { may: [...words, 'log', 'db', 'migrations/list.ts'] },
  journal: { may: [...words, 'log', 'db'] },
  // An instance is described by the statistics that the graph shows.
  cluster: { may: [...words, 'log', 'db', 'journal'], shapes: ['graph/server-stats.ts'] },
  auth: { may: [...words, 'config', 'log', 'db', 'journal'] },
  jobs: { may: [...words, 'log'] },
  sources: { may: [...words, 'log', 'journal', 'auth', 'cluster/leases.ts'] },
  graph: { may: [...words, 'db', 'journal', 'auth'] },

  // A noun's layers. Its topics are what both sides of the log import. The server's payloads are statistics that
  // `websocket` and `delivery` collect.
  '*/events.ts': {
    may: ['journal/topic.ts', 'journal/reserved-ids.ts'],
    // A payload may have that of another noun in it.
    shapes: ['graph/server-stats.ts', 'graph/severity.ts', '*/events.ts'],
  },
  '*/source.ts': { may: [...words, 'sources', './events.ts', './helpers'] },
  // A store declares what it adds to the transaction that stores the events of its topics.
  '*/store.ts': {
    may: [
      'lib',
      'db',
      'journal/topic-handlers.ts',
      'journal/folded-table.ts',
      'journal/entry-columns.ts',
      // makes the secrets of the rows
      'auth/opaque.ts',
      './events.ts',
      // silences apply to alerts when these are stored
      './store.ts',
      './helpers',
    ],
    shapes: ['journal/topic.ts', 'graph/severity.ts', 'graph/server-stats.ts'],
  },
  // What a resolver is given is an entry, what a member of `publish` makes is a draft, and a query takes the database
  // from its context to the noun's store.
  '*/graph.ts': {
    may: [
      ...words,
      'auth',
      'graph',
      'journal/reserved-ids.ts',
      './events.ts',
      './store.ts',
      './helpers',
      './graph.ts',
      '*/graph.ts',
      '*/events.ts',
    ],
    shapes: ['journal/topic.ts', 'db/database.ts'],
  },
  // Parsers, statistics and the like. Rows, entries and samples pass through them.
  '*/helpers': {
    may: [...words, 'config', 'journal/reserved-ids.ts', './events.ts', './helpers'],
    shapes: [
      'journal/topic.ts',
      'journal/gauge-recorder.ts',
      'graph/rule-fields.ts',
      './store.ts',
      'sources/source.ts',
      'jobs/job.ts',
    ],
  },
  // Where the scheduler writes down who runs what: its other side, in the noun's tables.
  'domains/jobs/postgres-job-store.ts': {
    may: ['./events.ts', './store.ts', './helpers', '*/events.ts', 'jobs/schedule.ts'],
    shapes: ['domains/domain.ts', 'journal/topic.ts', 'jobs/job.ts', 'jobs/job-store.ts'],
  },
  // Activities are derived from events of several domains.
  'domains/activity/activity-from-event.ts': {
    may: [...words, './events.ts', '*/events.ts'],
    shapes: ['journal/topic.ts', 'graph/severity.ts'],
  },
  // Puts the noun's layers together for the app, from what the app gives it (`DomainContext`).
  '*/domain.ts': {
    may: [
      ...words,
      'db',
      'auth',
      'journal',
      'sources/polled-gauge.ts',
      // which numbers of gauges alert rules can evaluate
      'graph/rule-fields.ts',
      './events.ts',
      './domain.ts',
      '*/events.ts',
      './source.ts',
      './store.ts',
      './graph.ts',
      './helpers',
    ],
    shapes: ['domains/domain.ts', 'log', 'sources/source.ts', 'jobs/job.ts'],
  },
  // The face of every noun: nothing but shapes.
  'domains/domain.ts': { may: [], shapes: ['db', 'journal', 'jobs', 'lib', 'log', 'sources'] },
  // The list of nouns. Who is connected is known to the app only and passed on as it is.
  'domains/domains.ts': {
    may: ['*/domain.ts'],
    shapes: ['settings', 'domains/domain.ts', '*/events.ts'],
  },

  // Imports nouns for what importing them does: they add their types.
  schema: { may: ['graph', 'domains/domains.ts', '*/graph.ts'] },
  // Executes GraphQL: prepares every operation, and runs queries and mutations.
  engine: { may: [...words, 'log', 'journal', 'auth', 'graph'] },
  // Serves subscriptions: equal ones in groups, each subscriber a cursor.
  delivery: { may: [...words, 'log', 'journal', 'auth', 'graph', 'engine'] },
  http: { may: [...words, 'log', 'auth', 'graph', 'engine', 'delivery'] },
  websocket: { may: [...words, 'log', 'auth', 'graph', 'engine', 'delivery', 'http'] },
  // Serves any dialect: a client of engine and delivery, which writes to raw sockets as graphql-ws does. Of HTTP and
  // WebSocket it uses what all of them share, never one of them.
  legacy: {
    may: [
      ...words,
      'config',
      'log',
      'auth',
      'engine/engine.ts',
      'engine/operation.ts',
      'delivery/connection.ts',
      'http/body.ts',
      'http/origin.ts',
      'websocket/outbound-socket.ts',
      'delivery/payload.ts',
      'http/request.ts',
      'http/send.ts',
      'http/route.ts',
    ],
    shapes: [
      'delivery/delivery.ts',
      'delivery/subscriber.ts',
      'delivery/encoder.ts',
      'websocket/endpoint.ts',
    ],
  },
  // A dialect knows its own folder, what all dialects share, and the graph by its documents only. ArchMesh has a session
  // of its own, which is a subclass of the session of all.
  'legacy/*': {
    may: [...words, 'config', 'legacy', './', 'auth/viewer.ts'],
    shapes: ['delivery', 'websocket/endpoint.ts'],
  },

  // The lists of old systems and of their settings.
  'legacy/settings.ts': { may: ['legacy', 'legacy/*'] },
  'legacy/dialects.ts': {
    may: ['config', 'legacy/*', 'legacy/settings.ts'],
    shapes: ['legacy/dialect.ts', 'legacy/archmesh/mesh.ts'],
  },
  // Describes whatever is served besides the graph, by the tables that serve it.
  'legacy/reference.ts': { may: ['legacy', 'http/http-paths.ts', 'graph/ingest.ts', 'schema'] },

  // Decorators of what the app and the server create, which create spans.
  traces: {
    may: [...words, 'journal/gauges.ts', 'delivery/latency.ts'],
    shapes: ['log', 'config', 'journal', 'sources', 'graph', 'engine', 'delivery', 'http', 'auth', 'server'],
  },

  // The table of all settings.
  settings: { may: ['config', 'auth', '*/helpers', 'legacy/settings.ts'] },
  app: { may: ['everything'] },
  // Puts together everything between the journal and a socket.
  server: { may: ['everything'] },
  main: { may: ['everything'] },
  // Processes that serve the same clients, and the one that starts them.
  workers: { may: [...words, 'log', 'db', 'cluster'], shapes: ['config', 'settings'] },
  // What people read when the server has started, or could not.
  terminal: { may: [...words, 'db', 'auth', 'http/listen-error.ts'], shapes: ['app', 'settings'] },
  // The journal in a file.
  archive: { may: [...words, 'db', 'journal'] },
  // An example of a producer, which uses nothing of the server.
  demo: { may: ['lib/with-time-limit.ts'] },
  // Samples a machine without a server, by the sources that the server has.
  agent: {
    may: ['lib', 'log', 'auth/signing.ts', '*/source.ts', 'domains/host/host-info.ts'],
    shapes: ['sources/source.ts', '*/events.ts'],
  },
  cli: { may: ['everything'] },
};

/** Packages that a room must not import, whatever the table allows. */
const strangers: readonly { readonly room: RegExp; readonly never: RegExp }[] = [
  { room: /^(lib|db|journal|auth|sources)$/, never: /^(graphql|@pothos|@graphql-|ws$)/ },
  { room: /^(graph$|\*\/|domains\/)/, never: /^(ws$|graphql-ws|graphql-yoga|node:https?$|node:net$)/ },
  { room: /^(engine|delivery)$/, never: /^(ws$|graphql-ws|graphql-yoga|node:https?$|node:net$)/ },
  { room: /^legacy/, never: /^(kysely|pg|graphql-ws|graphql-yoga)/ },
];

/** Files that may read the environment. Programs are started with a few harmless variables of it. */
const readsEnvironment = new Set(['src/main.ts', 'src/config/env.ts', 'src/lib/child-environment.ts']);
/** Listeners that cannot throw: they do nothing, settle a promise, stop a timer or destroy a socket. */
const harmless =
  /^(?:resolve|reject|wake|onAbort|ignore|\(\) => (?:\{\}|undefined|(?:void )?(?:resolve|wake|clearTimeout|socket\.destroy)\(\w*\)))[,)]/;
const nameless = /^(types|utils|index)\.[cm]?tsx?$/;
const linesMax = 350;

const root = join(import.meta.dirname, '..');

interface Import {
  readonly from: string;
  /** A path below the repository, or a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name))
    .sort();
}

function isTest(file: string): boolean {
  return /\.(test|contract)\.ts$/.test(file);
}

const statement = /^(?:import|export)\s+(type\s+(?!from\b))?(?:[^'";=]*?\sfrom\s+)?'([^']+)'/gm;
const dynamic = /\bimport\(\s*'([^']+)'\s*\)/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [
    ...[...text.matchAll(statement)].map(([, type, to = '']) => ({ to, typeOnly: type !== undefined })),
    ...[...text.matchAll(dynamic)].map(([, to = '']) => ({ to, typeOnly: false })),
  ];
  return found.map(({ to, typeOnly }) => ({
    from: file,
    to: to.startsWith('.') ? posix.join(posix.dirname(file), to) : to,
    typeOnly,
  }));
}

/** Where a file belongs: the key of its row, and the noun or dialect that it is part of. */
function placeOf(file: string): { readonly room: string; readonly folder: string | null } {
  const path = file.replace(/^src\//, '');
  if (path in rooms) return { room: path, folder: folderOf(path) };
  const [top = '', second = '', ...rest] = path.split('/');
  if (top === 'domains' && rest.length > 0) return { room: `*/${layerOf(rest.join('/'))}`, folder: second };
  if (top === 'legacy' && rest.length > 0) return { room: 'legacy/*', folder: second };
  if (second !== '') return { room: top, folder: null };
  return { room: top.replace(/\.ts$/, ''), folder: null };
}

function folderOf(path: string): string | null {
  const [top = '', second = '', ...rest] = path.split('/');
  return (top === 'domains' || top === 'legacy') && rest.length > 0 ? second : null;
}

/** `roles.graph.ts` is a part of `graph.ts`. */
function layerOf(name: string): string {
  return /(?:^|\.)((?:events|source|store|graph|domain)\.ts)$/.exec(name)?.[1] ?? 'helpers';
}

function matches(entry: string, from: string, to: string): boolean {
  const target = placeOf(to);
  if (entry === 'everything') return true;
  if (to.startsWith('src/') && entry === to.slice('src/'.length)) return true;
  if (entry === to) return true;
  if (entry.startsWith('./')) {
    const own = placeOf(from).folder === target.folder && target.folder !== null;
    return own && (entry === './' || entry.slice(2) === layerOf(posix.basename(to)));
  }
  if (entry.startsWith('*/') && to.startsWith('src/domains/') && folderOf(to.replace(/^src\//, '')) !== null)
    return entry === `*/${layerOf(posix.basename(to))}`;
  return entry === target.room || (target.folder === null && entry === target.room.split('/')[0]);
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const { room, folder } = placeOf(from);
  const row = rooms[room];
  if (row === undefined) return false;
  if (folder === null && placeOf(to).room === room) return true;
  const entries = [...row.may, ...(typeOnly ? (row.shapes ?? []) : [])];
  return entries.some((entry) => matches(entry, from, to));
}

/** The room as a whole: a folder or a file below src, each noun and each dialect for itself. */
function wholeOf(file: string): string {
  const { room, folder } = placeOf(file);
  const [top = ''] = file.replace(/^src\//, '').split('/');
  if (folder !== null) return `${top}/${folder}`;
  return /^(domains\/domains?|legacy\/(dialects|reference|settings))\.ts$/.test(room)
    ? room
    : (room.split('/')[0] ?? room);
}

/** Every circle as the rooms along it; empty when there is none. */
function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  function walk(room: string, path: readonly string[]): void {
    const at = path.indexOf(room);
    if (at >= 0) return void found.push([...path.slice(at), room].join(' → '));
    if (done.has(room)) return undefined;
    for (const next of edges.get(room) ?? []) walk(next, [...path, room]);
    done.add(room);
    return undefined;
  }
  for (const room of edges.keys()) walk(room, []);
  return found;
}

const all = filesBelow('src');
/** Tests may import whatever they test. */
const sources = [...all.filter((file) => !isTest(file)), ...filesBelow('migrations')];
const imports = sources.flatMap(importsOf);
const ownImports = imports.filter(({ to }) => /^(src|migrations)\//.test(to));

/** Programs that are no part of the server: they run in a browser or in a client and know the graph only. */
const outside: Readonly<Record<string, { readonly may: readonly string[]; readonly packages: RegExp }>> = {
  client: {
    may: ['client'],
    packages: /^(?:graphql-ws\/client|@apollo\/client\/(?:core|utilities))$/,
  },
  'dashboard/src': {
    may: ['dashboard/src', 'client'],
    packages: /^(?:preact|preact\/hooks|@preact\/signals|uplot|uplot\/dist\/uPlot\.min\.css)$/,
  },
};

describe('the architecture', () => {
  test('is complete: every file has a room, and every import resolves to a file', () => {
    expect(ownImports.length).toBeGreaterThan(100);
    expect(sources.filter((file) => !(placeOf(file).room in rooms))).toEqual([]);
    const known = new Set(sources);
    expect(ownImports.filter(({ to }) => !known.has(to)).map(({ from, to }) => `${from} → ${to}`)).toEqual(
      [],
    );
  });

  test('lets each room import only what its row in the table allows', () => {
    const broken = ownImports.filter((one) => !isAllowed(one));
    expect(
      broken.map(({ from, to, typeOnly }) => `${from} → ${to}${typeOnly ? ' (types only)' : ''}`),
    ).toEqual([]);
  });

  test('keeps the page and the client apart from the server: they know the graph only', () => {
    const broken = Object.entries(outside).flatMap(([folder, { may, packages }]) =>
      filesBelow(folder)
        .flatMap(importsOf)
        .filter(({ from, to, typeOnly }) =>
          /^[./]|^(?:src|dashboard|client|scripts|test)\//.test(to)
            ? !may.some((allowed) => to.startsWith(`${allowed}/`))
            : !packages.test(to) && !(typeOnly && (to === 'graphql' || from.endsWith('.generated.ts'))),
        ),
    );
    expect(filesBelow('dashboard/src').length).toBeGreaterThan(10);
    expect(broken.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('has no cycle of rooms, not even of types', () => {
    const edges = new Map<string, Set<string>>();
    for (const { from, to } of ownImports) {
      const [here, there] = [wholeOf(from), wholeOf(to)];
      if (here === there) continue;
      if (!edges.has(here)) edges.set(here, new Set());
      edges.get(here)?.add(there);
    }
    expect(circles(edges)).toEqual([]);
  });

  test('keeps GraphQL out of the log, sockets out of the graph, and the store out of old systems', () => {
    const heard = imports.filter(({ from, to, typeOnly }) =>
      strangers.some(({ room, never }) => !typeOnly && room.test(placeOf(from).room) && never.test(to)),
    );
    expect(heard.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('lets only config/env.ts and main.ts read the environment', () => {
    const reading = sources.filter((file) => /\bprocess\.env\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(reading.filter((file) => !readsEnvironment.has(file))).toEqual([]);
  });

  test('passes an allow-list of the environment to every child process, as that of the server contains secrets', () => {
    const texts = sources.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
    const starting = texts.filter(({ text }) => /['"](?:node:)?child_process['"]/.test(text));
    expect(starting.length).toBeGreaterThan(0);
    const whole = starting.filter(({ text }) => !text.includes('childEnvironment('));
    expect(whole.map(({ file }) => file)).toEqual([]);
  });

  test('lets only the outbound socket send on a WebSocket and read its buffered amount', () => {
    const sending = /\b(?:ws|socket|webSocket)\.(?:send|ping|pong)\(|\.bufferedAmount\b/i;
    const found = sources.filter((file) => sending.test(readFileSync(join(root, file), 'utf8')));
    expect(found.filter((file) => !file.endsWith('.test.ts') && !file.endsWith('.contract.ts'))).toEqual([
      'src/websocket/outbound-socket.ts',
    ]);
  });

  test('wraps every event listener, so that no exception ends the process', () => {
    const adding =
      /(\w+)?\??\.(?:on|once|addListener|prependListener|addEventListener)\(\s*'[^']+',\s*([^\n]+)/g;
    const unwrapped = sources.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(adding)]
        .filter(([, emitter, listener = '']) => emitter !== 'process' && !/^guard(ed)?\(/.test(listener))
        .filter(([, , listener = '']) => !harmless.test(listener))
        .map(([text]) => `${file}: ${text.replaceAll(/\s+/g, ' ')}`),
    );
    expect(unwrapped).toEqual([]);
  });

  test('combines no AbortSignal.timeout with another signal, as Node 20 may lose that timeout', () => {
    const combining = /AbortSignal\.any\([^;]*AbortSignal\.timeout\(/;
    const found = sources.filter((file) => combining.test(readFileSync(join(root, file), 'utf8')));
    expect(found).toEqual([]);
  });

  test('keeps the names of old systems in legacy/', () => {
    const systems = readdirSync(join(root, 'src/legacy'), { withFileTypes: true });
    const names = systems.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const naming = new RegExp(`(?<!node:)\\b(${names.join('|')})`);
    const others = sources.filter((file) => !file.startsWith('src/legacy/'));
    expect(names.length).toBeGreaterThan(0);
    expect(others.filter((file) => naming.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  test('has six files at the root of src/', () => {
    const atRoot = all.filter((file) => file.split('/').length === 2).map((file) => posix.basename(file));
    expect(atRoot).toEqual(['app.ts', 'errors.ts', 'main.ts', 'schema.ts', 'server.ts', 'settings.ts']);
  });

  test('names every file for its content', () => {
    expect(all.filter((file) => nameless.test(posix.basename(file)))).toEqual([]);
  });

  test(`keeps every file below ${linesMax} lines`, () => {
    const long = all
      .filter((file) => !/\.(generated|test)\.ts$/.test(file))
      .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length }))
      .filter(({ lines }) => lines >= linesMax);
    expect(long.map(({ file, lines }) => `${file}: ${lines}`)).toEqual([]);
  });
});
