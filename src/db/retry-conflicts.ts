import { setTimeout as delay } from 'node:timers/promises';
import { isConflict } from './database-fault.ts';

const attemptsMax = 5;
const pauseMs = 20;

/**
 * Retries a whole transaction that PostgreSQL rolled back because of a concurrent one (serialization failure,
 * deadlock).
 * @param transaction may run several times, so it must have no effect outside the database.
 */
export async function retryConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === attemptsMax || !isConflict(error)) throw error;
      await delay(Math.random() * pauseMs * 2 ** attempt);
    }
  }
}
