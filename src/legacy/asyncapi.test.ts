import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { asyncApi } from './asyncapi.ts';
import { eventPart, requestPart } from './feed-parts.ts';
import type { Document } from './message.ts';
import * as t from './schema-terms.ts';
import { testDialect } from './test-server.contract.ts';

const document: Document<Record<string, { cursor: string }>, Record<string, unknown>> = parse('{ a }');
const rest = { document, map: () => null };

const old = testDialect({
  feeds: [
    {
      path: '/ws/rooms/{room_id}',
      summary: 'What happens in a room.',
      needs: ['FEATURE_ROOMS'],
      messages: t.messages({
        temperature: t.message('The temperature. Sent at connect.', {
          'celsius kelvin': t.number.nullable(),
        }),
        door: t.message('The door was opened.', { by: t.text }),
        contents: t.message('The contents of the room.', {}),
      }),
      accepts: {
        knock: {
          schema: t.messages({ knock: t.message('Opens the door.', { times: t.count.optional() }) }).knock,
          response: 'door',
        },
      },
      parts: [eventPart({ name: 'door', replayed: true, ...rest })],
      requests: [requestPart({ name: 'request_contents', everyMs: 1_500, response: 'contents', ...rest })],
    },
  ],
});

const { servers, channels, operations } = asyncApi({
  version: '1.2.3',
  dialects: [old],
  credentialsRequired: true,
  advertised: { host: 'example', port: 9200, protocol: 'wss' },
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

  test('describes the messages of a feed by their schemas', () => {
    expect(room?.messages['temperature']).toEqual({
      name: 'temperature',
      title: 'temperature',
      summary: 'The temperature. Sent at connect.',
      payload: {
        type: 'object',
        properties: {
          type: { type: 'string', const: 'temperature' },
          celsius: { type: ['number', 'null'] },
          kelvin: { type: ['number', 'null'] },
        },
        required: ['type', 'celsius', 'kelvin'],
        additionalProperties: false,
      },
    });
  });

  test('has the control messages of the dialect', () => {
    expect(room?.messages['clientError']).toMatchObject({
      name: 'error',
      payload: {
        properties: {
          type: { const: 'error' },
          code: {
            enum: ['INVALID_MESSAGE', 'PAYLOAD_TOO_LARGE', 'RATE_LIMITED', 'FORBIDDEN', 'INTERNAL_ERROR'],
          },
          timestamp: { type: 'integer' },
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
        messages: refs('temperature', 'door', 'contents', 'pong', 'clientError'),
      },
      oldWsRoomsRoomIdReceivePing: {
        action: 'receive',
        messages: refs('ping'),
        reply: { messages: refs('pong') },
      },
      oldWsRoomsRoomIdReceiveRequestContents: {
        action: 'receive',
        summary: 'Requests the current values. At most one request in 1.5 s is answered.',
        messages: refs('request_contents'),
        reply: { messages: refs('contents') },
      },
      oldWsRoomsRoomIdReceiveKnock: {
        action: 'receive',
        summary: 'Opens the door.',
        messages: refs('knock'),
        reply: { messages: refs('door') },
      },
    });
  });
});
