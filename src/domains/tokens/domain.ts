import pLimit from 'p-limit';
import type { StoredCredentials } from '../../auth/authenticate.ts';
import { endOf, type Claim } from '../../auth/claim.ts';
import { digestOf } from '../../auth/opaque.ts';
import { asClientError } from '../../db/database-fault.ts';
import { AppError } from '../../errors.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import { growingLru } from '../../lib/growing-lru.ts';
import type { Domain, DomainContext, Started } from '../domain.ts';
import { audited, ownAudit } from '../governance/events.ts';
import './graph.ts';
import './links.graph.ts';
import { Revocations } from './revocations.domain.ts';
import {
  findToken,
  issueToken,
  readRevocations,
  retainedTokens,
  storeRevocation,
  targetOf,
  type TokenRecord,
} from './store.ts';

/** Sessions of browsers. A session is started with a credential and ends with it. */
export interface Sessions {
  /** @returns the token that the browser sends in its cookie. */
  begin(claim: Claim): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** Revokes the session with this token, unless it has already ended. */
  end(token: string): Promise<void>;
}

export interface TokensDomain extends Domain {
  readonly stored: StoredCredentials;
  readonly sessions: Sessions;
  /** Calls the listener after each revocation on any instance. */
  onRevoked(listener: () => void): void;
}

/** Maximum duration of a session. A session never outlasts the credential with which it was started. */
const sessionMs = 8 * 3_600_000;
/** Maximum number of cached tokens. Stored tokens never change, and revocations are checked separately. */
const cachedTokensMax = 10_000;
/** Maximum number of concurrent lookups of tokens that are not cached, and of those together with waiting ones. */
const lookupsMax = 4;
const lookupsWaitingMax = 1_000;

/** Types of audit entries that report a revocation. */
const revocationTypes: ReadonlySet<string> = new Set(['token_revoked', 'session_ended']);

/**
 * Issues tokens and sessions, of which it stores only digests, and stores revocations of any credential. Authentication
 * looks up tokens here, and checks each credential against the revocations, which are kept in memory.
 */
export function tokensDomain(): TokensDomain {
  const revocations = new Revocations();
  const cached = growingLru<string, Claim>(cachedTokensMax);
  const listeners = new Set<() => void>();
  const lookup = pLimit(lookupsMax);
  let context: DomainContext | null = null;
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
    const known = cached.get(key);
    if (known !== undefined) return known;
    if (lookup.activeCount + lookup.pendingCount >= lookupsWaitingMax)
      throw new AppError('OVERLOADED', 'Too many credentials are being looked up.', { retryable: true });
    try {
      const record = await lookup(() => findToken(running().database.kysely, digest));
      if (record === undefined || record.revokedAt !== null) return null;
      const claim = claimOf(record);
      cached.set(key, claim);
      return claim;
    } catch (error) {
      throw asClientError(error);
    }
  }

  return {
    name: 'tokens',
    retained: retainedTokens,
    stored: { find, isRevoked: (claim) => revocations.has(claim) },
    sessions: {
      async begin(claim) {
        const expiresAt = new Date(Math.min(Date.now() + sessionMs, endOf(claim) ?? Infinity));
        const { id: parentId, subject, role } = claim;
        const { value: token } = await running().journal.log.transact(async (db) => {
          const session = {
            kind: 'SESSION',
            subject,
            role,
            name: null,
            parentId,
            createdBy: subject,
          } as const;
          const { id, secret } = await issueToken(db, { ...session, expiresAt });
          const done = { targetId: id, role, action: 'began a session' };
          return { value: secret, drafts: [ownAudit('session_started', subject, done)] };
        });
        return { token, expiresAt };
      },
      async end(token) {
        const claim = await find(token);
        if (claim === null || claim.id === null || revocations.has(claim)) return;
        const { id, subject, role, expiresAt } = claim;
        const until = expiresAt === null ? null : new Date(expiresAt);
        await running().journal.log.transact(async (db) => ({
          value: await storeRevocation(db, { target: targetOf('id', id), by: subject, until }),
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
      const listening = given.journal.log.onAppend((entries) => {
        const isRevocation = entries.some(
          ({ topic, type }) => topic === audited.name && revocationTypes.has(type),
        );
        return isRevocation ? coalescedRefresh.request() : undefined;
      });
      return {
        async stop() {
          listening[Symbol.dispose]();
          context = null;
          await coalescedRefresh.stop();
        },
      };
    },
  };
}

function claimOf({ id, parentId, subject, role, createdAt, expiresAt }: TokenRecord): Claim {
  const issuedAt = createdAt.getTime();
  return { id, parentId, subject, role, issuedAt, expiresAt: expiresAt?.getTime() ?? null };
}
