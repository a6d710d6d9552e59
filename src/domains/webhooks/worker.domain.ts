import pLimit from 'p-limit';
import { isUnavailable } from '../../db/database-fault.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { smallest } from '../../lib/extremes.ts';
import { alertEvents } from '../alerts/events.ts';
import type { DomainContext } from '../domain.ts';
import { audited, type OwnAuditType } from '../governance/events.ts';
import { WebhookClient } from './client.ts';
import type { WebhooksConfig } from './config.ts';
import { queueNext } from './queue.domain.ts';
import { retryDelayMs } from './retry.ts';
import { signedHeaders } from './signature.ts';
import {
  claimDelivery,
  finishCall,
  readDue,
  readEnabled,
  returnClaim,
  type ClaimedDelivery,
} from './store.ts';

/** Calls at the same time, of all webhooks and of one, so that a slow receiver does not delay the others. */
const callsMax = 32;
const callsPerWebhookMax = 4;
/** A claimed delivery whose instance was killed is repeated after this time, in addition to the time limit of a call. */
const leaseMs = 10_000;
/** Deliveries that another instance has left are found at this interval. */
const pollEveryMs = 10_000;
/** While deliveries are due. */
const dueEveryMs = 1_000;
/** For deliveries that are due soon. */
const waitMinMs = 50;
/** Mutations after which there may be deliveries to make. */
const queueing: ReadonlySet<string> = new Set<OwnAuditType>([
  'webhook_created',
  'webhook_updated',
  'webhook_tested',
]);
/** Time for calls to end when the server stops. */
const graceMs = 2_000;

/**
 * Makes the calls of webhooks. The queue is a table, and each delivery is claimed in it before it is called, so that of
 * several instances one makes the call, and a delivery of an instance that was killed is made by another.
 */
export function startWorker(
  { database, journal, log }: Pick<DomainContext, 'database' | 'journal' | 'log'>,
  config: WebhooksConfig,
): { readonly stop: () => Promise<void> } {
  const db = database.kysely;
  const client = new WebhookClient(config);
  const limit = pLimit(callsMax);
  const stopping = new AbortController();
  const graceOver = new AbortController();
  /** The number of loops of each webhook. */
  const loops = new Map<string, number>();
  const working = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  const refresh = new CoalescedRefresh(look, (error) => {
    if (!isUnavailable(error))
      log.warn({ err: error }, 'failed to read the deliveries of webhooks; retrying');
  });

  /** Whether the log may have events that are not among the deliveries. */
  let hasEvents = true;

  /** Adds deliveries of the events in the log. */
  async function queue(): Promise<void> {
    if (!hasEvents) return;
    hasEvents = false; // an event that is stored meanwhile sets it again
    try {
      for (const webhookId of await readEnabled(db)) {
        let left = await queueNext({ database, journal }, webhookId);
        while (left === 'more' && !stopping.signal.aborted)
          left = await queueNext({ database, journal }, webhookId);
        hasEvents ||= left !== 'done';
      }
    } catch (error) {
      hasEvents = true;
      throw error;
    }
  }

  /** Starts loops for the webhooks whose deliveries are due, and sets the timer for the next one. */
  async function look(): Promise<void> {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    await queue();
    const due = await readDue(db);
    for (const { webhookId, waitMs } of due) if (waitMs <= 0) startLoops(webhookId);
    // those that are due may have found all loops busy, or ending
    const next = due.map(({ waitMs }) => (waitMs > 0 ? waitMs : dueEveryMs));
    if (hasEvents) next.push(dueEveryMs);
    const waitMs = Math.max(waitMinMs, Math.min(pollEveryMs, smallest(next) ?? pollEveryMs));
    timer = setTimeout(() => void refresh.request(), waitMs).unref();
  }

  function startLoops(webhookId: string): void {
    for (let count = loops.get(webhookId) ?? 0; count < callsPerWebhookMax; count++) {
      loops.set(webhookId, count + 1);
      const loop = deliverAll(webhookId)
        .catch((error: unknown) => log.warn({ err: error, webhookId }, 'failed to deliver to a webhook'))
        .finally(() => {
          working.delete(loop);
          const left = (loops.get(webhookId) ?? 1) - 1;
          if (left > 0) loops.set(webhookId, left);
          else loops.delete(webhookId);
        });
      working.add(loop);
    }
  }

  /** Delivers until nothing is due. */
  async function deliverAll(webhookId: string): Promise<void> {
    while (await limit(() => deliverNext(webhookId)));
  }

  /** @returns whether there was a delivery. */
  async function deliverNext(webhookId: string): Promise<boolean> {
    if (stopping.signal.aborted) return false;
    const delivery = await claimDelivery(db, webhookId, leaseMs + config.timeoutMs);
    if (delivery === undefined) return false;
    await deliver(delivery);
    return true;
  }

  async function deliver(delivery: ClaimedDelivery): Promise<void> {
    const { deliveryId: id, url, secret, attempts } = delivery;
    const body = JSON.stringify(delivery.body);
    const headers = signedHeaders(secret, { id, at: Date.now(), body });
    const result = await client.post({ url, headers, body }, graceOver.signal);
    if (result === null) return returnClaim(db, delivery);
    const retryMs = attempts < config.attemptsMax ? retryDelayMs(attempts, config.retryMs) : null;
    await finishCall(db, delivery, result, retryMs);
    if (result.error === null) return;
    log.debug({ webhookId: delivery.webhookId, id, attempts, error: result.error }, 'a webhook failed');
    void refresh.request(); // sets the timer for the next attempt
  }

  const following = journal.log.onAppend((entries) => {
    const isWork = entries.some(
      ({ topic, type }) => topic === alertEvents.name || (topic === audited.name && queueing.has(type)),
    );
    hasEvents ||= isWork;
    if (isWork) void refresh.request();
  });
  void refresh.request();

  return {
    async stop() {
      following[Symbol.dispose]();
      clearTimeout(timer);
      stopping.abort();
      await refresh.stop();
      const grace = setTimeout(() => graceOver.abort(), graceMs);
      await waitAtMost(2 * graceMs, Promise.all(working));
      clearTimeout(grace);
      await client[Symbol.asyncDispose]();
    },
  };
}
