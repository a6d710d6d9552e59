import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Otherwise Vite loads graphql's ES modules and Node, for its other users, the CommonJS ones: two schemas.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      { find: /^@apollo\/client\/(core|utilities)$/, replacement: '@apollo/client-4/$1' },
    ],
  },
  test: {
    // Each is a command: `npm test` and `npm run test:e2e`.
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: ['{src,test,migrations,scripts}/**/*.test.ts'],
          exclude: ['test/e2e/**'],
        },
      },
      // What users run: the program as a process that is killed, pages in a browser, packages.
      { extends: true, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'] } },
    ],
    globalSetup: ['test/_util/global-setup.ts'],
    pool: 'threads',
    // Modules are loaded once a worker, not once a file: what a file changes for all (the environment, a global, a
    // timer), it puts back.
    isolate: false,
    // Tests wait for servers, which compute beside them; each worker more loads all modules once more.
    maxWorkers: Math.max(4, availableParallelism()),
    // A test ends by what it waits for; this only ends one that waits for ever, also on a machine with much else to do.
    testTimeout: process.env['LONG_RUN'] === 'true' ? 600_000 : 60_000,
    hookTimeout: 60_000,
  },
});
