import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { isConflict } from './database-fault.ts';

const policy = retry(handleWhen(isConflict), {
  maxAttempts: 4,
  backoff: new ExponentialBackoff({ initialDelay: 20, maxDelay: 600 }),
});

/**
 * Retries a whole transaction that PostgreSQL rolled back because of a concurrent one (serialization failure,
 * deadlock), at most four times.
 * @param transaction may run several times, so it must have no effect outside the database.
 */
export function retryConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  return policy.execute(transaction);
}
