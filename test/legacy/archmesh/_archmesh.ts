import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { z } from 'zod';
import * as schemas from '../../../src/legacy/archmesh/message-schemas.ts';
import type { TestApp } from '../../_util/app.ts';
import { RawClient } from '../../_util/clients.ts';

/** What the tests of ArchMesh share: users, and clients that validate every message against its schema. */

export const tokens = {
  ann: 'token-of-ann',
  bob: 'token-of-bob',
  admin: 'token-of-the-admin',
};

/** Ann and Bob are users, as most clients of the old system are. */
export const env = {
  FEATURE_DATABASE_MONITORING: 'false',
  AUTH_TOKENS: `${tokens.ann}:ann:user,${tokens.bob}:bob:user,${tokens.admin}:root:admin`,
  JWT_SECRET: 'a secret of at least thirty-two bytes, for tests',
  JWT_CLOCK_TOLERANCE_S: '0',
};

const forms: Readonly<Record<string, z.ZodType>> = {
  ...schemas.sent,
  ...schemas.control,
};

export interface Envelope {
  readonly type: string;
  readonly id: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export class MeshClient extends RawClient {
  /** @throws Error when the message does not match its schema. */
  override async next(
    wanted?: (message: Record<string, unknown>) => boolean,
  ): Promise<Record<string, unknown>> {
    const message = await super.next(wanted);
    const form = forms[String(message['type'])];
    if (form === undefined) throw new Error(`${String(message['type'])} is not a message of ArchMesh`);
    form.parse(message);
    return message;
  }

  async nextOfType(type: string): Promise<Envelope> {
    const message = (await this.next()) as unknown as Envelope;
    if (message.type !== type) throw new Error(`${JSON.stringify(message)} is not a ${type}`);
    return message;
  }

  /** The details of the next message. @throws Error when the message is not an error with this code. */
  async nextError(code: string): Promise<Record<string, unknown>> {
    const { data } = await this.nextOfType('error');
    if (data['error_code'] !== code) throw new Error(`${JSON.stringify(data)} is not ${code}`);
    return data['error_details'] as Record<string, unknown>;
  }

  /** Waits until the server has handled all earlier messages. @throws Error when it sent anything but the pong. */
  async settled(id = 'settled'): Promise<void> {
    this.send({ type: 'ping', id: `ping_${id}` });
    const pong = await this.nextOfType('pong');
    if (pong.id !== `pong_${id}`) throw new Error(`${pong.id} answers another ping than ${id}`);
  }
}

export function meshUrl(app: TestApp, token: string): string {
  return `${app.wsUrl}/ws?token=${encodeURIComponent(token)}`;
}

/** A client that is connected and receives all events from now on. */
export async function join(app: TestApp, token = tokens.ann): Promise<MeshClient> {
  const client = await new MeshClient(meshUrl(app, token)).opened();
  await client.settled();
  return client;
}

export async function report(app: TestApp, events: readonly Record<string, unknown>[]): Promise<void> {
  const answer = await app.graphql<{ publish: { __typename: string } }>(
    `mutation ($events: [EventInput!]!) { publish(input: { events: $events }) { __typename } }`,
    { events },
    { authorization: `Bearer ${tokens.admin}` },
  );
  expect(answer.errors ?? []).toEqual([]);
  expect(answer.data.publish.__typename).toBe('PublishSuccess');
}

export function workflow(more: Record<string, unknown> = {}): Record<string, unknown> {
  const required = { workflowId: 'workflow_456', status: 'IN_PROGRESS', stage: 'ARCHITECTURE_DESIGN' };
  return { workflow: { ...required, progressPercent: 50, ...more } };
}

export function notification(more: Record<string, unknown> = {}): Record<string, unknown> {
  const required = { title: 'Done', message: 'It is done', category: 'USER_ACTION', priority: 'NORMAL' };
  return { notification: { ...required, ...more } };
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A `large_data` message with one chunk. */
export function chunk(
  bytes: Buffer,
  more: Record<string, unknown> & { total_chunks: number; chunk_index: number },
): Record<string, unknown> {
  return {
    type: 'large_data',
    id: `large_data_${more.chunk_index}`,
    timestamp: new Date().toISOString(),
    data: { data_id: 'data_456', chunk_data: bytes.toString('base64'), checksum: sha256(bytes), ...more },
  };
}
