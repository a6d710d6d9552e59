import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfig, settings } from '../settings.ts';
import type { Setting } from './setting.ts';
import { cwd, errors, read } from '../../test/_util/config.ts';

const protective = Object.values(settings)
  .flatMap((section): readonly Setting[] => Object.values(section.settings))
  .flatMap(({ env, protects }) => (protects === true && env !== undefined ? env : []));

/** Reads with these variables in `.env`. */
function readFile(env: Record<string, string>, lineErrors: readonly string[] = []) {
  const envFile = { keys: Object.keys(env), errors: lineErrors };
  return readConfig(env, { cwd, readFile: missing, envFile });
}

function missing(): never {
  throw Object.assign(new Error('missing'), { code: 'ENOENT' });
}

describe('a mistyped variable that protects the server', () => {
  test.each([
    ['AUTH_TOKEN', 'AUTH_TOKENS'],
    ['JWT_SECERT', 'JWT_SECRET'],
    ['JWTSECRET', 'JWT_SECRET'],
    ['jwt_secret', 'JWT_SECRET'],
    ['OPSGRAPH_JWT_SECRET', 'JWT_SECRET'],
    ['JWT_SECRET_FILE', 'JWT_SECRET'],
    ['JWT_SECRET_KEY', 'JWT_SECRET'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['ALLOW_ANONYMUS', 'ALLOW_ANONYMOUS'],
    ['AUTH_REQURIED', 'AUTH_REQUIRED'],
    ['CRYPTO_CORS_ORIGIN', 'CRYPTO_CORS_ORIGINS'],
    ['GRAPHQL_TRUSTED_DOCUMENT', 'GRAPHQL_TRUSTED_DOCUMENTS'],
  ])('is an error: %s for %s', (name, meant) => {
    expect(errors({ [name]: 'hunter2-hunter2' })).toEqual([
      `${name} is not a known variable, and ${meant}, which it resembles, is not set: correct the name or remove it`,
    ]);
  });

  test('is an error wherever a character is missing, doubled or swapped with the next', () => {
    const slip = fc.constantFrom(...protective).chain((name) =>
      fc.nat(name.length - 2).map((at) => {
        const [a = '', b = ''] = [name[at], name[at + 1]];
        const start = name.slice(0, at);
        const typed = [start + b + name.slice(at + 2), `${start}${a}${a}${b}${name.slice(at + 2)}`];
        if (a !== b) typed.push(start + b + a + name.slice(at + 2));
        return { name, typed };
      }),
    );
    fc.assert(
      fc.property(slip, ({ name, typed }) => {
        for (const one of typed)
          expect([name, one, errors({ [one]: 'x' })[0]]).toContainEqual(
            expect.stringMatching(new RegExp(`^${one} is not a known variable`)),
          );
      }),
      { numRuns: 60 },
    );
  });

  test('is only a warning where the correct variable is set too', () => {
    const url = 'postgres://u:p@h/d';
    expect(read({ DATABASE_URI: url, DATABASE_URL: url }).warnings).toEqual([
      'DATABASE_URI is not a known variable and has no effect; did you mean DATABASE_URL?',
    ]);
    expect(errors({ DATABASE_URI: url })).toHaveLength(1);
  });
});

describe('an unknown variable', () => {
  test('causes a warning with the variable that was probably meant', () => {
    const env = {
      FEATURE_SYSTEM_MONITORNG: 'x',
      WS_PING_MS: '1',
      WEBSOCKET_PROT: '1',
      LOGLEVEL: 'x',
      PROT: '1',
    };
    expect(read(env).warnings).toEqual(
      [
        ['FEATURE_SYSTEM_MONITORNG', 'FEATURE_SYSTEM_MONITORING'],
        ['WS_PING_MS', 'WS_PING_INTERVAL_MS'],
        ['WEBSOCKET_PROT', 'WEBSOCKET_PORT'],
        ['LOGLEVEL', 'LOG_LEVEL'],
        ['PROT', 'PORT'],
      ].map(([name, meant]) => `${name} is not a known variable and has no effect; did you mean ${meant}?`),
    );
  });

  test('is no error when it only starts like a variable that protects the server', () => {
    const names = ['GRAPHQL_URL', 'GRAPHQL_ENDPOINT', 'GRAPHQL_PORT', 'GRAPHQL_PATH', 'GRAPHQL_DEBUG'];
    const { warnings } = read(Object.fromEntries(names.map((name) => [name, 'x'])));
    expect(warnings.map((warning) => warning.split(' ')[0])).toEqual(names);
  });

  test('causes a warning with the variable that has another name in other programs', () => {
    expect(read({ ARCHMESH_CORS_ORIGINS: 'x', JWT_AUD: 'x', TLS_CERT: 'x' }).warnings).toEqual(
      [
        ['ARCHMESH_CORS_ORIGINS', 'MESH_CORS_ORIGINS'],
        ['JWT_AUD', 'JWT_AUDIENCE'],
        ['TLS_CERT', 'TLS_CERT_FILE'],
      ].map(([name, meant]) => `${name} is not a known variable and has no effect; did you mean ${meant}?`),
    );
  });

  test('is reported in addition to errors', () => {
    expect(() => read({ PORT: 'http', WS_PING_MS: '1' })).toThrow(/PORT must be [^]*Warnings:\n- WS_PING_MS/);
  });

  test('causes a warning in .env whatever its name is', () => {
    const env = { COLOUR: 'red', SECRET_KEY: 'x', NODE_ENV: 'test', POSTGRES_PASSWORD: 'x' };
    expect(readFile(env).warnings).toEqual([
      'COLOUR in .env is not a known variable and has no effect',
      'SECRET_KEY in .env is not a known variable and has no effect',
    ]);
    expect(read(env).warnings).toEqual([]);
  });

  test('does not hide the lines of .env that set nothing', () => {
    expect(() => readFile({}, ['line 3 of .env is not NAME=value'])).toThrow(/line 3 of \.env/);
  });

  test('is not the key of a model server', () => {
    expect(read({ MODEL_SERVERS: 'github=http://h', GITHUB_TOKEN: 'x' }).warnings).toEqual([]);
  });

  test('causes no warning when shells, CI, Kubernetes or hosting platforms set it', () => {
    const names = othersVariables.trim().split(/\s+/);
    expect(names.length).toBeGreaterThan(200);
    expect(read(Object.fromEntries(names.map((name) => [name, 'x']))).warnings).toEqual([]);
    const links = {
      WEBSOCKET_SERVICE_HOST: '10.0.0.1',
      WEBSOCKET_SERVICE_PORT_HTTP: '80',
      GRAPHQL_PORT: 'tcp://10.0.0.1:80',
      GRAPHQL_PORT_80_TCP: 'tcp://10.0.0.1:80',
      GRAPHQL_PORT_80_TCP_ADDR: '10.0.0.1',
      OPSGRAPH_PORT: 'tcp://10.0.0.1:9200',
      OPSGRAPH_SERVICE_PORT: '9200',
    };
    expect(read(links).warnings).toEqual([]);
  });
});

const othersVariables = `
PATH HOME USER LOGNAME SHELL PWD OLDPWD SHLVL TERM LANG LC_ALL LC_CTYPE TZ EDITOR PAGER VISUAL MAIL HOSTNAME HOSTTYPE OSTYPE
MACHTYPE DISPLAY XAUTHORITY COLORTERM LS_COLORS LESSOPEN MANPATH TMPDIR TEMP TMP IFS PS1 PS2 PS4 UID EUID PPID RANDOM SECONDS
HISTFILE HISTSIZE WSL WSLENV WSL_DISTRO_NAME WT_SESSION SSH_AUTH_SOCK SSH_CLIENT SSH_CONNECTION SSH_TTY SUDO_USER SUDO_UID
XDG_RUNTIME_DIR XDG_SESSION_ID XDG_DATA_DIRS XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS
DESKTOP_SESSION GDMSESSION WAYLAND_DISPLAY WINDOWID VTE_VERSION GPG_TTY GNUPGHOME KRB5CCNAME LD_LIBRARY_PATH LD_PRELOAD
DYLD_LIBRARY_PATH __CF_USER_TEXT_ENCODING COMMAND_MODE XPC_SERVICE_NAME Apple_PubSub_Socket_Render TERM_PROGRAM ITERM_PROFILE
APPDATA LOCALAPPDATA COMSPEC COMPUTERNAME USERDOMAIN USERNAME USERPROFILE PROGRAMDATA PROGRAMFILES SYSTEMROOT WINDIR PATHEXT OS
PROCESSOR_ARCHITECTURE NUMBER_OF_PROCESSORS PUBLIC SESSIONNAME DRIVERDATA HOMEDRIVE HOMEPATH LOGONSERVER
INVOCATION_ID JOURNAL_STREAM NOTIFY_SOCKET LISTEN_FDS LISTEN_PID LISTEN_FDNAMES WATCHDOG_USEC WATCHDOG_PID MAINPID
STATE_DIRECTORY LOGS_DIRECTORY CACHE_DIRECTORY RUNTIME_DIRECTORY CONFIGURATION_DIRECTORY CREDENTIALS_DIRECTORY SYSTEMD_EXEC_PID
NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED NODE_DEBUG NODE_VERSION NODE_NO_WARNINGS NVM_DIR NVM_BIN
NPM_TOKEN NPM_CONFIG_LOGLEVEL npm_config_registry npm_config_user_agent npm_package_name npm_lifecycle_event npm_execpath INIT_CWD
YARN_VERSION PNPM_HOME COREPACK_HOME VOLTA_HOME BUN_INSTALL DENO_DIR FORCE_COLOR NO_COLOR DEBUG CI DEBIAN_FRONTEND
HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY http_proxy https_proxy no_proxy SSL_CERT_FILE SSL_CERT_DIR REQUESTS_CA_BUNDLE
CURL_CA_BUNDLE NIX_SSL_CERT_FILE GIT_SSL_CAINFO GIT_AUTHOR_NAME GIT_DIR GIT_EDITOR PYTHONPATH VIRTUAL_ENV CONDA_PREFIX JAVA_HOME
GOPATH GOROOT CARGO_HOME RUSTUP_HOME GEM_HOME ANDROID_HOME RUBYOPT PERL5LIB CLASSPATH MAVEN_OPTS
PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSSLMODE PGDATA PGAPPNAME PGOPTIONS MYSQL_HOST MYSQL_PORT REDIS_HOST
MONGO_URL DATABASE_HOST DATABASE_PORT DATABASE_USER DATABASE_NAME DATABASE_PASSWORD POSTGRES_USER POSTGRES_PASSWORD POSTGRES_DB
TEST_DATABASE_URL SHADOW_DATABASE_URL DIRECT_URL SECRET_KEY SECRET_KEY_BASE SESSION_SECRET AUTH_SECRET AUTH_URL NEXTAUTH_SECRET
GITHUB_TOKEN GITHUB_ACTIONS GITHUB_REPOSITORY GITHUB_SHA GITHUB_REF GITHUB_RUN_ID GITHUB_WORKSPACE GITHUB_EVENT_PATH GITHUB_OUTPUT
GITHUB_ENV GITHUB_PATH RUNNER_OS RUNNER_TEMP RUNNER_TOOL_CACHE ACTIONS_RUNTIME_URL ACTIONS_CACHE_URL ACTIONS_ID_TOKEN_REQUEST_URL
GITLAB_CI CI_JOB_ID CI_JOB_TOKEN CI_PROJECT_DIR CI_COMMIT_SHA CI_PIPELINE_ID CI_REGISTRY CI_SERVER_HOST CI_SERVER_PORT
JENKINS_HOME JENKINS_URL BUILD_ID BUILD_NUMBER BUILD_URL JOB_NAME WORKSPACE EXECUTOR_NUMBER CIRCLECI CIRCLE_SHA1 CIRCLE_BRANCH
TRAVIS TRAVIS_BRANCH BUILDKITE BUILDKITE_BRANCH TF_BUILD SYSTEM_TEAMPROJECT TEAMCITY_VERSION BITBUCKET_COMMIT DRONE CODEBUILD_BUILD_ID
KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT KUBERNETES_PORT KUBERNETES_PORT_443_TCP KUBERNETES_PORT_443_TCP_ADDR POD_NAME
POD_NAMESPACE POD_IP NODE_NAME NODE_IP SERVICE_ACCOUNT HOST_IP CONTAINER_NAME container DOCKER_HOST DOCKER_TLS_VERIFY DOCKER_CERT_PATH
COMPOSE_PROJECT_NAME COMPOSE_FILE DYNO DYNO_RAM STACK SOURCE_VERSION PORT0 PORTS MESOS_TASK_ID MARATHON_APP_ID
FLY_APP_NAME FLY_REGION FLY_ALLOC_ID RAILWAY_ENVIRONMENT RAILWAY_STATIC_URL RENDER RENDER_SERVICE_ID VERCEL VERCEL_URL NETLIFY
K_SERVICE K_REVISION K_CONFIGURATION GOOGLE_CLOUD_PROJECT GOOGLE_APPLICATION_CREDENTIALS GAE_SERVICE GCP_PROJECT
AWS_REGION AWS_DEFAULT_REGION AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_EXECUTION_ENV ECS_CONTAINER_METADATA_URI
AWS_LAMBDA_FUNCTION_NAME WEBSITE_SITE_NAME WEBSITE_HOSTNAME WEBSITES_PORT AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET
VCAP_APPLICATION VCAP_SERVICES CF_INSTANCE_INDEX NOMAD_ALLOC_ID NOMAD_PORT_http CONSUL_HTTP_ADDR VAULT_ADDR VAULT_TOKEN
NVIDIA_VISIBLE_DEVICES NVIDIA_DRIVER_CAPABILITIES CUDA_VISIBLE_DEVICES CUDA_HOME OLLAMA_HOST OLLAMA_MODELS OLLAMA_KEEP_ALIVE
OPENAI_API_KEY ANTHROPIC_API_KEY HF_TOKEN HF_HOME OTEL_EXPORTER_OTLP_ENDPOINT OTEL_SERVICE_NAME SENTRY_DSN SENTRY_AUTH_TOKEN
DD_API_KEY DD_AGENT_HOST DD_ENV NEW_RELIC_LICENSE_KEY LOG_FORMAT LOG_FILE RUST_LOG PM2_HOME pm_id FOREVER_ROOT NODE_APP_INSTANCE
VITEST VITEST_POOL_ID VITEST_WORKER_ID VITEST_MODE TEST DEV PROD MODE BASE_URL SSR ESBUILD_BINARY_PATH
`;
