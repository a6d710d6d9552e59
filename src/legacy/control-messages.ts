import type { z } from 'zod';
import { feedErrorCodes, type ControlMessages } from './dialect.ts';
import { isoTime } from './labels.ts';
import * as t from './schema-terms.ts';

/** The control messages of most old systems. @param timestampOf converts Unix milliseconds. */
export function controlMessages<Timestamp>(
  timestampOf: (atMs: number) => Timestamp,
  schema: z.ZodType<Timestamp>,
): ControlMessages {
  return {
    error: ({ code, message }, atMs) => ({ type: 'error', code, message, timestamp: timestampOf(atMs) }),
    pong: (atMs) => ({ type: 'pong', timestamp: timestampOf(atMs) }),
    schemas: t.messages({
      error: t.message('The server rejected a message of the client. The connection stays open.', {
        code: t.oneOf(...feedErrorCodes),
        message: t.text,
        timestamp: schema,
      }),
      pong: t.message('The response to a ping.', { timestamp: schema }),
    }),
  };
}

export const isoControlMessages = controlMessages(isoTime, t.isoTime);
