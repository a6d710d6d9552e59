import { join } from 'node:path';
import { databaseSettings } from './database.ts';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { flag, text, word } from './parsers.ts';
import { section } from './setting.ts';

export const processSettings = section({
  title: 'Process',
  settings: {
    environment: {
      env: 'NODE_ENV',
      type: text,
      default: 'production',
      description: 'Name of the environment. It changes nothing; clients see it.',
    },
  },
});

const workersMax = 256;

export const workerSettings = section({
  title: 'Workers',
  settings: {
    count: {
      env: 'WORKERS',
      type: z.string().transform((value, context): number => {
        if (value === 'auto') return availableParallelism();
        const count = Number(value);
        if (Number.isInteger(count) && count >= 1 && count <= workersMax) return count;
        context.addIssue({ code: 'custom', message: `must be auto, or an integer from 1 to ${workersMax}` });
        return z.NEVER;
      }),
      default: '1',
      description:
        'Processes that serve clients on the same ports; auto: one per processor core. With more than one, another process starts them and runs the embedded database, SIGHUP replaces them one by one, and MEMORY_BUDGET_MB and DATABASE_POOL_SIZE are divided among them.',
    },
  },
});

export const logSettings = section({
  title: 'Logs',
  settings: {
    level: {
      env: 'LOG_LEVEL',
      type: word(['DEBUG', 'INFO', 'WARNING', 'ERROR']),
      default: 'INFO',
      description: 'Lowest level that is logged: DEBUG, INFO, WARNING or ERROR.',
    },
    dir: {
      env: 'LOG_DIR',
      type: text,
      unset: 'logs, or DATA_DIR/logs when DATA_DIR is set',
      description: 'Directory of the file websocket.log.',
    },
    toFile: {
      env: 'LOG_TO_FILE',
      type: flag,
      default: 'true',
      description: 'Write websocket.log in addition to standard output.',
    },
  },
  resolve(values, context, { dir }) {
    const { dataDir } = databaseSettings.settings;
    const fallback = context.isSet(dataDir) ? join(context.value(dataDir), 'logs') : 'logs';
    return {
      level: values.level,
      /** Absolute, for `websocket.log`; null: nothing is written to a file. */
      dir: values.toFile ? context.path(values.dir ?? fallback) : null,
      /** Whether the operator chose the directory, which then has to be writable. */
      dirRequired: context.isSet(dir),
    };
  },
});
