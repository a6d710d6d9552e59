import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { asyncApi } from './asyncapi.ts';
import type { Dialect } from './dialect.ts';
import { eventPart, gaugePart, requestPart, staticPart } from './feed-parts.ts';
import type { Document } from './message.ts';
import { message, messages } from './schema-terms.ts';

const document: Document<Record<string, { cursor: string }>, Record<string, unknown>> = parse('{ a }');
const rest = { document, map: () => null };

const old: Dialect = {
  name: 'old',
  title: 'An old system',
  origins: 'localhost',
  credentials: false,
  routes: [],
  feeds: [
    {
      path: '/ws/rooms/{room_id}',
      summary: 'What happens in a room.',
      needs: ['FEATURE_ROOMS'],
      parts: [
        staticPart({ name: 'welcome', message: () => ({ type: 'welcome' }) }),
        gaugePart({
          name: 'warmth',
          messages: messages({
            warmth: message('How warm it is.', { degrees: z.number().nullable() }),
            warmth_update: message('How warm it is now.', { degrees: z.number() }),
          }),
          ...rest,
        }),
        eventPart({ name: 'door', replayed: true, ...rest }),
      ],
      requests: [
        requestPart({
          name: 'look',
          everyMs: 1_500,
          messages: messages({ seen: message('What is there.', {}) }),
          ...rest,
        }),
      ],
    },
  ],
  controlMessages: {
    error: ({ code, message }, atMs) => ({
      type: 'error',
      code: code === 'RATE_LIMITED' ? 'TOO_FAST' : code,
      message,
      timestamp: new Date(atMs).toISOString(),
    }),
    pong: (atMs) => ({ type: 'pong', timestamp: atMs }),
  },
};

const { servers, channels, operations } = asyncApi({
  version: '1.2.3',
  dialects: [old],
  credentialsRequired: true,
  host: 'example:9200',
  protocol: 'wss',
}) as {
  servers: object;
  channels: Record<string, { messages: Record<string, { name: string; summary: string; payload: object }> }>;
  operations: Record<string, object>;
};
const room = channels['oldWsRoomsRoomId'];

describe('the AsyncAPI document', () => {
  test('has every feed as a channel with its parameters and its handshake', () => {
    expect(Object.keys(channels)).toEqual(['oldWsRoomsRoomId']);
    expect(room).toMatchObject({
      address: '/ws/rooms/{room_id}',
      summary: 'What happens in a room.',
      description: 'Responds with 503 unless `FEATURE_ROOMS` is on.',
      parameters: { room_id: {} },
      bindings: { ws: { method: 'GET', query: { properties: { client_id: {}, api_key: {} } } } },
    });
    expect(servers).toMatchObject({
      main: { host: 'example:9200', protocol: 'wss', security: [{}, {}, {}] },
    });
  });

  test('has the declared messages of parts with their schemas, and names the others', () => {
    expect(room?.messages['warmth']).toEqual({
      name: 'warmth',
      title: 'warmth',
      summary: 'How warm it is.',
      payload: {
        type: 'object',
        properties: {
          type: { type: 'string', const: 'warmth' },
          degrees: { type: ['number', 'null'] },
        },
        required: ['type', 'degrees'],
        additionalProperties: false,
      },
    });
    expect(room?.messages['door']).toMatchObject({
      summary: 'For each event; replayed to clients that reconnect.',
      payload: { type: 'object', properties: { type: { const: 'door' } } },
    });
  });

  test('has the control messages of the dialect', () => {
    expect(room?.messages['clientError']).toMatchObject({
      name: 'error',
      payload: {
        properties: {
          type: { const: 'error' },
          code: {
            enum: ['INVALID_MESSAGE', 'PAYLOAD_TOO_LARGE', 'TOO_FAST', 'FORBIDDEN', 'INTERNAL_ERROR'],
          },
          timestamp: { type: 'string', format: 'date-time' },
        },
        required: ['type', 'code', 'message', 'timestamp'],
      },
    });
    expect(room?.messages['pong']?.payload).toMatchObject({ properties: { timestamp: { type: 'integer' } } });
  });

  test('lists what the server sends, and what it accepts and responds with', () => {
    const refs = (...names: string[]) =>
      names.map((name) => ({ $ref: `#/channels/oldWsRoomsRoomId/messages/${name}` }));
    expect(operations).toMatchObject({
      oldWsRoomsRoomIdSend: {
        action: 'send',
        messages: refs('welcome', 'warmth', 'warmth_update', 'door', 'seen', 'pong', 'clientError'),
      },
      oldWsRoomsRoomIdReceivePing: {
        action: 'receive',
        messages: refs('ping'),
        reply: { messages: refs('pong') },
      },
      oldWsRoomsRoomIdReceiveLook: {
        action: 'receive',
        summary: 'Requests the current values; at most one request in 1.5 s is answered.',
        messages: refs('look'),
        reply: { messages: refs('seen') },
      },
    });
  });
});
