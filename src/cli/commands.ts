import { defaultRole } from '../auth/role-claim.ts';
import { subjectRule } from '../auth/subject.ts';
import type { Command, OptionTable } from './command.ts';

/** The table of commands, in the order of the help. The program of a command is loaded when it runs. */
export const commands: Readonly<Record<string, Command>> = {
  start: command({
    summary: 'starts the server',
    details: 'Starts the server. SIGTERM and Ctrl-C stop it.',
    options: {
      check: {
        type: 'boolean',
        description: 'reads the configuration, reports errors and warnings, and exits',
      },
    },
    async appendix() {
      const { settingsHelp } = await import('../config/reference.ts');
      const { settings } = await import('../settings.ts');
      return `The settings, read from the environment and .env:\n\n${settingsHelp(settings)}`;
    },
    run: async ({ values }) => (await import('./start.ts')).start(values),
  }),

  check: command({
    summary: 'reports what a start would find, and what to do',
    details: `
Checks the configuration, access, directories, disk space, the certificate, the database with its version, rights,
pending migrations, clock and notifications, the ports, the model servers and the data providers. Changes nothing: it
starts no database and migrates nothing. The exit code is 1 if a check failed.`,
    options: { json: { type: 'boolean', description: 'prints the findings as JSON' } },
    run: async ({ values }) => (await import('./check/check.ts')).check(values),
  }),

  token: command({
    summary: 'prints a token that a server of this directory accepts',
    args: '<subject> [seconds]',
    details: `
Prints a JWT, signed with JWT_SECRET or with the secret that the server of this directory generated. It needs neither
the server nor the database.

  subject   the subject of the token: ${subjectRule}
  seconds   the lifetime, 1 to 315360000; default: until it is revoked`,
    options: {
      role: {
        type: 'string',
        value: '<role>',
        default: defaultRole,
        description: 'a governance role: admin, developer, user, or one of your own',
      },
    },
    run: async (input) => (await import('./token.ts')).token(input),
  }),

  agent: command({
    summary: 'sends samples of this machine to a server',
    details: `
Samples processors, memory, disk, network, temperature and NVIDIA GPUs of this machine, and sends the samples to an
opsgraph server, whose query \`hosts\` then lists this machine. While the server cannot be reached, samples are kept on
disk and sent later, also after a restart of the agent. Where the server requires signed requests, the variable
REQUEST_SIGNING_SECRET has its secret.`,
    options: {
      to: {
        type: 'string',
        value: '<url>',
        description: 'address of the server: https://opsgraph.example.com; required',
      },
      token: {
        type: 'string',
        value: '<token>',
        description:
          'credential with the capability write; other users of this machine can see it in the list of processes, so use the variable OPSGRAPH_TOKEN or --token-file instead',
      },
      'token-file': {
        type: 'string',
        value: '<file>',
        description: 'file with the credential, which is read for each request',
      },
      'ca-file': {
        type: 'string',
        value: '<file>',
        description: 'PEM file with the authorities that signed the certificate of the server',
      },
      'host-id': {
        type: 'string',
        value: '<id>',
        description: 'id of this machine; default: its hostname',
      },
      interval: {
        type: 'string',
        value: '<seconds>',
        default: '10',
        description: 'time between two samples, 1 to 3600',
      },
      buffer: {
        type: 'string',
        value: '<MiB>',
        default: '16',
        description: 'limit on the samples that wait to be sent, in memory and on disk, 1 to 1024',
      },
      'buffer-hours': {
        type: 'string',
        value: '<n>',
        default: '168',
        description: 'limit on their age in hours, 1 to 8760',
      },
      'buffer-dir': {
        type: 'string',
        value: '<dir>',
        description:
          'directory for them; default: agent in DATA_DIR, or data/agent. If nothing can be written to it, they are kept in memory only',
      },
      'disk-path': {
        type: 'string',
        value: '<path>',
        default: '/',
        description: 'a path on the file system whose usage is reported',
      },
      'no-gpus': { type: 'boolean', description: 'do not monitor GPUs' },
      'no-temperature': { type: 'boolean', description: 'do not read temperature sensors' },
    },
    run: async ({ values }) => (await import('./agent.ts')).agent(values),
  }),

  export: command({
    summary: 'writes the events of the journal to a file',
    details: `
Writes the events with their positions, times and keys as JSON lines: a header, a line per event, and a footer with a
digest. It reads one snapshot, so the server can run. Without \`--output\`, standard output has the lines.

\`opsgraph import\` stores them in an empty database, with the tables that come from events. Not contained are the
settings that people made in the server (roles, members, tokens, webhooks, alert rules, silences), and the histories of
gauges and metrics: docs/operating.md lists all of it. To back up everything, use pg_dump.`,
    options: {
      since: {
        type: 'string',
        value: '<cursor|time>',
        description: 'events after this cursor, or recorded at this time (2026-01-31T12:00:00Z) or later',
      },
      until: {
        type: 'string',
        value: '<cursor|time>',
        description: 'events up to this cursor, or recorded before this time',
      },
      topics: { type: 'string', value: '<list>', description: 'only these topics, a comma-separated list' },
      output: {
        type: 'string',
        value: '<file>',
        default: '-',
        description: 'the file to write, compressed if its name ends in .gz; - is standard output',
      },
    },
    run: async ({ values }) => (await import('./export.ts')).exportCommand(values),
  }),

  import: command({
    summary: 'stores the events of an export',
    args: '[file]',
    details: `
Stores the events of a file, or of standard input, as if they had been reported again: the tables that come from events
are written, too. Creates the tables if the database is empty; a server may use the database at the same time.

Events keep their positions, times and keys. So the log must be empty, or end before the first event of the file.
Running the command again stores nothing twice, and continues after an import that was interrupted. A file is read to
its end before anything is stored, so a truncated one is rejected; of standard input, what precedes the fault is stored.`,
    options: {},
    run: async ({ args }) => (await import('./import.ts')).importCommand(args),
  }),

  demo: command({
    summary: 'reports invented data to a running server',
    details: `
Simulates a small retail company that reports a few events per second through the public API. All of its data is
invented. Ctrl-C stops it and ends what it left open.`,
    options: {
      url: {
        type: 'string',
        value: '<url>',
        default: 'http://127.0.0.1:9200',
        description: 'the server to report to',
      },
      token: {
        type: 'string',
        value: '<token>',
        description: 'an API key or a JWT with the capability write, if the server requires one',
      },
      once: { type: 'boolean', description: 'one short round, then exit' },
    },
    run: async ({ values }) => (await import('./demo.ts')).demo(values),
  }),
};

/** Infers the types of the values from the options. */
function command<const Options extends OptionTable>(declared: Command<Options>): Command {
  return declared;
}
