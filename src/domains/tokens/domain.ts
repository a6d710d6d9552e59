import pLimit from 'p-limit';
import type { StoredCredentials } from '../../auth/authenticate.ts';
import { endOf, type Claim } from '../../auth/claim.ts';
import { createOpaque, createTokenId, digestOf } from '../../auth/opaque.ts';
import { isUnavailable, unavailable } from '../../db/database-fault.ts';
import { AppError } from '../../errors.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import type { Domain, DomainContext, Started } from '../domain.ts';
import { audited, ownAudit } from '../governance/events.ts';
import './graph.ts';
import { Revocations } from './revocations.ts';
import {
  findToken,
  retainedTokens,
  readRevocations,
  storeRevocation,
  storeToken,
  targetOf,
  type TokenRecord,
} from './store.ts';
import { growingLru } from '../../lib/growing-lru.ts';

/** Sessions of people with a browser: begun with a credential, ended on the server too. */
export interface Sessions {
  /** @returns the token that the browser sends from now on. */
  begin(claim: Claim): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** Ends the session of this token, if it has not ended yet. */
  end(token: string): Promise<void>;
}

export interface TokensDomain extends Domain {
  readonly stored: StoredCredentials;
  readonly sessions: Sessions;
  /** Calls the listener after every revocation, by any instance. */
  onRevoked(listener: () => void): void;
}

/** Maximum duration of a session. It never outlasts the credential that it was begun with. */
const sessionMs = 8 * 3_600_000;
/** Maximum number of cached tokens. Stored tokens never change, and revocations are checked separately. */
const knownMax = 10_000;
/** Lookups of unknown tokens in the store: at the same time, and together with those that wait. */
const lookupsMax = 4;
const lookupsWaitingMax = 1_000;

/** Audit entries that say that something was revoked. */
const revocationTypes: ReadonlySet<string> = new Set(['token_revoked', 'session_ended']);

/** Credentials that this server issues, of which only digests are stored, and revocations of any credential. */
export function tokensDomain(): TokensDomain {
  const revocations = new Revocations();
  const known = growingLru<string, Claim>(knownMax);
  const listeners = new Set<() => void>();
  let context: DomainContext | null = null;
  const lookup = pLimit(lookupsMax);
  let lookupsOpen = 0;
  let announcedNo = 0;

  function running(): DomainContext {
    if (context === null) throw new AppError('SHUTTING_DOWN', 'The server is stopping.');
    return context;
  }

  async function refresh(): Promise<void> {
    if (context === null) return;
    for (const one of await readRevocations(context.database.kysely, revocations.no)) revocations.add(one);
    revocations.prune();
    if (revocations.no === announcedNo) return;
    announcedNo = revocations.no;
    for (const listener of listeners) listener();
  }

  const coalescedRefresh = new CoalescedRefresh(refresh, (error) =>
    context?.log.warn({ err: error }, 'cannot read the revocations; trying again'),
  );

  async function find(token: string): Promise<Claim | null> {
    const digest = digestOf(token);
    const key = digest.toString('base64');
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    if (lookupsOpen >= lookupsWaitingMax)
      throw new AppError('OVERLOADED', 'Too many credentials are looked up at the moment.', {
        retryable: true,
      });
    lookupsOpen++;
    try {
      const record = await lookup(() => findToken(running().database.kysely, digest));
      if (record === undefined || record.revokedAt !== null) return null;
      const claim = claimOf(record);
      known.set(key, claim);
      return claim;
    } catch (error) {
      throw isUnavailable(error) ? unavailable(error) : error;
    } finally {
      lookupsOpen--;
    }
  }

  return {
    name: 'tokens',
    retained: retainedTokens,
    stored: { find, isRevoked: (claim) => revocations.has(claim) },
    sessions: {
      async begin(claim) {
        const token = createOpaque();
        const id = createTokenId('ses');
        const expiresAt = new Date(Math.min(Date.now() + sessionMs, endOf(claim) ?? Infinity));
        const { subject, role } = claim;
        await running().journal.log.transact(async (db) => {
          const record = { id, subject, role, expiresAt, name: null, parentId: claim.id, createdBy: subject };
          await storeToken(db, { ...record, kind: 'SESSION', digest: digestOf(token) });
          const done = { targetId: id, role, action: 'began a session' };
          return { value: null, drafts: [ownAudit('session_started', subject, done)] };
        });
        return { token, expiresAt };
      },
      async end(token) {
        const claim = await find(token);
        if (claim === null || claim.id === null || revocations.has(claim)) return;
        const { id, subject, role, expiresAt } = claim;
        const until = expiresAt === null ? null : new Date(expiresAt);
        await running().journal.log.transact(async (db) => ({
          value: await storeRevocation(db, { target: targetOf({ id }), by: subject, until }),
          drafts: [ownAudit('session_ended', subject, { targetId: id, role, action: 'ended a session' })],
        }));
      },
    },
    onRevoked(listener) {
      listeners.add(listener);
    },
    async start(given): Promise<Started> {
      context = given;
      await refresh();
      const following = given.journal.log.onAppend((entries) => {
        const isMeant = entries.some(
          ({ topic, type }) => topic === audited.name && revocationTypes.has(type),
        );
        return isMeant ? coalescedRefresh.request() : undefined;
      });
      return {
        async stop() {
          following[Symbol.dispose]();
          context = null;
          await coalescedRefresh.stop();
        },
      };
    },
  };
}

function claimOf(record: TokenRecord): Claim {
  const { id, parentId, subject, role, createdAt, expiresAt } = record;
  return {
    id,
    parentId,
    subject,
    role,
    issuedAt: createdAt.getTime(),
    expiresAt: expiresAt === null ? null : expiresAt.getTime(),
  };
}
