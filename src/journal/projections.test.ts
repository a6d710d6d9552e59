import type { Kysely } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { byTopic } from './projections.ts';
import { every } from './topic.ts';

describe('projections', () => {
  it('of the same topic all begin in their order and are waited for, and those of others do not run', async () => {
    const [one, other] = [every('one'), every('other')];
    const ran: string[] = [];
    const named = (name: string) => async (): Promise<void> => {
      ran.push(`${name} begins`);
      await Promise.resolve();
      ran.push(`${name} ends`);
    };
    const projections = byTopic([
      { topic: one, project: named('a') },
      { topic: other, project: named('b') },
      { topic: one, project: named('c') },
    ]);
    await projections.get('one')?.(undefined as unknown as Kysely<Database>, []);
    expect(ran).toEqual(['a begins', 'c begins', 'a ends', 'c ends']);
  });
});
