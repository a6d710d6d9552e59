import { ConfigError } from '../../config/read-settings.ts';
import { readProcessConfig, type Config } from '../../settings.ts';
import { checkAccess, reasonOf } from './access.ts';
import { checkDatabase } from './database.ts';
import { failed, ok, warning, type Finding } from './finding.ts';
import { checkMachine } from './machine.ts';
import { checkPorts } from './ports.ts';
import { checkRedis } from './redis.ts';
import { checkModelServers, checkProviders } from './remote.ts';

/** In the order of the output. They run at the same time. */
const checks: Readonly<Record<string, (config: Config) => Promise<readonly Finding[]>>> = {
  access: checkAccess,
  machine: checkMachine,
  database: checkDatabase,
  redis: checkRedis,
  ports: checkPorts,
  'model servers': checkModelServers,
  'data providers': checkProviders,
};

const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

/**
 * The command `opsgraph check` reports whether the server can start here, and what to do if not. It changes nothing: it
 * starts no database, migrates nothing and creates no directory.
 */
export async function check({ json }: { readonly json: boolean }): Promise<number> {
  const findings = await findAll();
  const hasFailed = findings.some(({ status }) => status === 'failed');
  process.stdout.write(
    json ? `${JSON.stringify({ ok: !hasFailed, findings }, null, 2)}\n` : textOf(findings),
  );
  return hasFailed ? 1 : 0;
}

async function findAll(): Promise<Finding[]> {
  const node = ok('node', `${process.version.slice(1)} on ${process.platform}-${process.arch}`);
  let read: ReturnType<typeof readProcessConfig>;
  try {
    read = readProcessConfig();
  } catch (error) {
    const errors = error instanceof ConfigError ? error.errors : [reasonOf(error)];
    const warnings = error instanceof ConfigError ? error.warnings : [];
    const todo = 'Correct the variable or the file; the other checks run after that.';
    return [
      node,
      ...errors.map((text) => failed('configuration', text, todo)),
      ...warnings.map((text) => warning('configuration', text, 'Correct or remove it.')),
    ];
  }
  const { config, warnings } = read;
  const configuration = warnings.map((text) => warning('configuration', text, 'Correct or remove it.'));
  if (configuration.length === 0) configuration.push(ok('configuration', 'valid'));
  const parts = await Promise.all(
    Object.entries(checks).map(([name, run]) =>
      run(config).catch((error: unknown) => [
        failed(
          name,
          `The check failed: ${reasonOf(error)}`,
          'Report this with the output of opsgraph --version.',
        ),
      ]),
    ),
  );
  return [node, ...configuration, ...parts.flat()];
}

function textOf(findings: readonly Finding[]): string {
  const width = findings.reduce((widest, { name }) => Math.max(widest, name.length), 0);
  const lines = findings.flatMap(({ name, status, found, todo }) => [
    `${marks[status]}  ${name.padEnd(width)}  ${found}`,
    ...(todo === null ? [] : [`${' '.repeat(marks.ok.length + width + 4)}→ ${todo}`]),
  ]);
  const count = (status: Finding['status']): number => findings.filter((one) => one.status === status).length;
  const summary = `${count('ok')} ok, ${count('warning')} warnings, ${count('failed')} failed`;
  return `${lines.join('\n')}\n\n${summary}\n`;
}
