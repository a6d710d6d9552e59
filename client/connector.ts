import { backoffMs, wait, type Backoff } from './backoff.ts';
import { expiryOf, type Credential } from './credential.ts';
import { OpsgraphError } from './errors.ts';
import type { Fetch } from './http.ts';
import { renewToken } from './renew-token.ts';
import { canStream, openPolling, openSse, probe } from './sse-transport.ts';
import type { Subscription } from './subscription.ts';
import { ConnectionFailed, type ClosedReason, type Transport, type TransportKind } from './transport.ts';
import { openWebSocket, type WebSocketClass } from './websocket-transport.ts';

/**
 * Keeps one connection open while there are subscriptions, and starts them on it. It prefers WebSockets, takes
 * server-sent events where they are blocked, polls where these are blocked too, and tries the better ones again later.
 */

export interface ConnectorOptions {
  /** The endpoint, with `http` or `https`. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly credentials: RequestCredentials | undefined;
  /** Null: there is no WebSocket in this environment. */
  readonly webSocketImpl: WebSocketClass | null;
  readonly credential: Credential;
  readonly timing: Timing;
  /** `state`, `transport` or `lastError` has changed. */
  changed(): void;
}

export interface Timing {
  /** Delays between attempts to connect. */
  readonly retry: Backoff;
  readonly openMsMax: number;
  /** The response to a query or a mutation must arrive within this time. */
  readonly responseMsMax: number;
  readonly pingEveryMs: number;
  readonly pongMsMax: number;
  readonly streamSilentMsMax: number;
  /** A connection that was open for less counts as a failed attempt. */
  readonly stableMs: number;
  /** The state changes from `stale` to `offline` after this time without a connection. */
  readonly offlineMs: number;
  /** An unused connection is closed after this time. */
  readonly lingerMs: number;
  /** Delays between attempts to return to a better transport. */
  readonly upgrade: Backoff;
  readonly pollEveryMs: number;
  readonly quietMs: number;
}

export type ConnectionState = 'connecting' | 'live' | 'catching-up' | 'stale' | 'offline';

/** Rejections of new tokens in a row, after which the subscriptions end. */
const rejectionsMax = 3;

export class Connector {
  readonly #options: ConnectorOptions;
  readonly #subscriptions = new Set<Subscription>();
  #transport: Transport | null = null;
  /** A better transport that replaces the present one. */
  #better: Transport | null = null;
  #level: TransportKind;
  #isRunning = false;
  #isPaused = false;
  #isDisposed = false;
  #hasConnected = false;
  #hasBeenLive = false;
  #lostAt: number | null = null;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;
  #lingerTimer: ReturnType<typeof setTimeout> | undefined;
  #renewTimer: ReturnType<typeof setTimeout> | undefined;
  #wake = new AbortController();
  #token: string | undefined;
  #rejections = 0;
  #blockedWebSockets = 0;
  #hadWebSocket = false;
  lastError: string | null = null;

  constructor(options: ConnectorOptions) {
    this.#options = options;
    this.#level = options.webSocketImpl === null ? 'sse' : 'websocket';
  }

  get transport(): TransportKind | null {
    return this.#transport?.kind ?? null;
  }

  get state(): ConnectionState {
    if (this.#isPaused || this.#isDisposed) return 'offline';
    if (this.#transport !== null) return this.#connectedState;
    if (this.#lostAt === null) return 'connecting';
    if (Date.now() - this.#lostAt >= this.#options.timing.offlineMs) return 'offline';
    return this.#hasConnected ? 'stale' : 'connecting';
  }

  get #connectedState(): ConnectionState {
    const subscriptions = [...this.#subscriptions];
    if (subscriptions.some(({ isCatchingUp }) => isCatchingUp)) return 'catching-up';
    this.#hasBeenLive ||= subscriptions.every(({ hasStarted }) => hasStarted);
    return this.#hasBeenLive ? 'live' : 'connecting';
  }

  add(subscription: Subscription): void {
    clearTimeout(this.#lingerTimer);
    this.#subscriptions.add(subscription);
    if (this.#transport === null) this.#ensureRunning();
    else subscription.attach(this.#transport);
  }

  remove(subscription: Subscription): void {
    this.#subscriptions.delete(subscription);
    this.#options.changed();
    if (this.#subscriptions.size > 0 || this.#isDisposed) return;
    clearTimeout(this.#lingerTimer);
    this.#lingerTimer = setTimeout(() => this.#closeUnused(), this.#options.timing.lingerMs);
  }

  /** Closes the connection until `resume`. */
  pause(): void {
    if (this.#isPaused || this.#isDisposed) return;
    this.#isPaused = true;
    this.#wakeUp();
    this.#transport?.close();
    this.#detachAll();
    this.#options.changed();
  }

  resume(): void {
    if (!this.#isPaused || this.#isDisposed) return;
    this.#isPaused = false;
    this.#setLost(null);
    if (this.#hasConnected) this.#setLost(Date.now());
    this.#ensureRunning();
    this.#options.changed();
  }

  /** Tries to connect without waiting: the network may be back. */
  retryNow(): void {
    this.#wakeUp();
  }

  /** Connects again with another token. */
  credentialEnded(transport: Transport, message: string): void {
    transport.close({ code: null, message, credentialRejected: true });
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#wakeUp();
    for (const timer of [this.#offlineTimer, this.#lingerTimer, this.#renewTimer]) clearTimeout(timer);
    this.#transport?.close();
    this.#better?.close();
    for (const subscription of this.#subscriptions) subscription.end();
    this.#options.changed();
  }

  get #isWanted(): boolean {
    return !this.#isDisposed && !this.#isPaused && this.#subscriptions.size > 0;
  }

  #closeUnused(): void {
    if (this.#subscriptions.size > 0) return;
    this.#wakeUp();
    this.#transport?.close();
  }

  #ensureRunning(): void {
    if (this.#isRunning || !this.#isWanted) return;
    this.#isRunning = true;
    void this.#run().finally(() => {
      this.#isRunning = false;
      this.#better?.close();
      this.#better = null;
      this.#ensureRunning();
    });
  }

  async #run(): Promise<void> {
    let attempt = 0;
    while (this.#isWanted) {
      let reason: ClosedReason;
      let openedAt: number | null = null;
      try {
        const transport = this.#better ?? (await this.#open());
        this.#better = null;
        openedAt = Date.now();
        if (!this.#isWanted) return transport.close();
        reason = await this.#serve(transport);
        if (reason.isBlocked === true) this.#level = 'polling';
      } catch (error) {
        reason = reasonOf(error);
      }
      if (!this.#isWanted || this.#better !== null) continue;
      this.#lost(reason);
      if (!(await this.#canContinue(reason))) return;
      const { retry, stableMs } = this.#options.timing;
      if (openedAt !== null && Date.now() - openedAt >= stableMs) attempt = 0;
      await this.#sleep(Math.max(backoffMs(attempt++, retry), reason.retryAfterMs ?? 0));
    }
  }

  /** Runs the subscriptions on a transport until it closes. */
  async #serve(transport: Transport): Promise<ClosedReason> {
    this.#transport = transport;
    this.#hasConnected = true;
    this.#rejections = 0;
    this.lastError = null;
    this.#setLost(null);
    for (const subscription of this.#subscriptions) subscription.attach(transport);
    this.#options.changed();
    this.#renewBefore(transport, this.#token === undefined ? null : expiryOf(this.#token));
    const ended = new AbortController();
    if (transport.kind !== 'websocket') void this.#upgrade(transport, ended.signal);
    const reason = await transport.closed;
    ended.abort();
    clearTimeout(this.#renewTimer);
    this.#transport = null;
    this.#detachAll();
    return reason;
  }

  #detachAll(): void {
    for (const subscription of this.#subscriptions) subscription.detach();
  }

  #lost({ message }: ClosedReason): void {
    this.lastError = message;
    if (this.#lostAt === null) this.#setLost(Date.now());
    this.#options.changed();
  }

  #setLost(at: number | null): void {
    this.#lostAt = at;
    clearTimeout(this.#offlineTimer);
    if (at === null) return;
    this.#offlineTimer = setTimeout(() => this.#options.changed(), this.#options.timing.offlineMs + 1);
  }

  /** Ends the subscriptions if no other attempt can succeed. */
  async #canContinue({ message, credentialRejected, fatalCode }: ClosedReason): Promise<boolean> {
    if (credentialRejected === true) {
      if (await this.#hasOtherToken()) return true;
      this.#failAll(new OpsgraphError([], { message, code: 'AUTHENTICATION_FAILED' }));
      return false;
    }
    if (fatalCode === undefined) return true;
    this.#failAll(new OpsgraphError([], { message, code: fatalCode }));
    return false;
  }

  async #hasOtherToken(): Promise<boolean> {
    const { credential } = this.#options;
    if (!credential.isRenewable || ++this.#rejections > rejectionsMax) return false;
    try {
      return (await credential.get()) !== this.#token;
    } catch {
      return true; // the next attempt asks again
    }
  }

  #failAll(error: OpsgraphError): void {
    for (const subscription of this.#subscriptions) subscription.fail(error);
  }

  /** @throws ConnectionFailed */
  async #open(): Promise<Transport> {
    const token = (this.#token = await this.#options.credential.get());
    if (this.#level === 'websocket') {
      try {
        const transport = await this.#openWebSocket(token);
        this.#hadWebSocket = true;
        this.#blockedWebSockets = 0;
        return transport;
      } catch (error) {
        if (reasonOf(error).code !== null) throw error; // it was open
        await probe(this.#sseOptions()).catch((failure: unknown) => {
          const { credentialRejected, fatalCode } = reasonOf(failure);
          throw credentialRejected === true || fatalCode !== undefined ? failure : error;
        });
        // A server that has just started may have refused the WebSocket and accepted the request.
        if (++this.#blockedWebSockets < (this.#hadWebSocket ? 3 : 1)) throw error;
        this.#level = 'sse';
      }
    }
    const open = this.#level === 'polling' ? openPolling : openSse;
    return await open(this.#sseOptions());
  }

  #openWebSocket(token: string | undefined): Promise<Transport> {
    const { url, webSocketImpl, timing } = this.#options;
    if (webSocketImpl === null) throw new Error('There is no WebSocket in this environment.');
    return openWebSocket({ ...timing, url: url.replace(/^http/, 'ws'), webSocketImpl, token });
  }

  #sseOptions() {
    const { url, fetch, credential, credentials, timing } = this.#options;
    const { openMsMax, streamSilentMsMax: silentMsMax, pollEveryMs } = timing;
    return { url, fetch, credential, credentials, openMsMax, silentMsMax, pollEveryMs };
  }

  /** Tries better transports in the background, and replaces the present one. */
  async #upgrade(transport: Transport, signal: AbortSignal): Promise<void> {
    const { timing, webSocketImpl } = this.#options;
    if (webSocketImpl === null && transport.kind === 'sse') return;
    for (let attempt = 0; !signal.aborted; attempt++) {
      await wait(timing.upgrade.minMs / 2 + backoffMs(attempt, timing.upgrade), signal);
      if (signal.aborted) return;
      const better = await this.#openBetter(transport.kind, signal);
      if (better === null) continue; // still blocked
      if (signal.aborted || !this.#isWanted) return better.close();
      this.#better = better;
      this.#level = better.kind;
      transport.close();
      return;
    }
  }

  /** A transport that is better than this kind. Null: there is none. */
  async #openBetter(than: TransportKind, signal: AbortSignal): Promise<Transport | null> {
    try {
      const token = await this.#options.credential.get();
      const transport = await this.#openWebSocket(token);
      this.#token = token;
      return transport;
    } catch {
      // blocked, or there is none in this environment
    }
    const [subscription] = this.#subscriptions;
    if (than !== 'polling' || subscription === undefined) return null;
    const options = this.#sseOptions();
    if (!(await canStream(subscription.request, { ...options, signal }))) return null;
    return openSse(options).catch(() => null);
  }

  /** Renews the token of a WebSocket before it expires. If that fails, the connection is replaced. */
  #renewBefore(transport: Transport, expiresAt: number | null): void {
    const { credential } = this.#options;
    if (expiresAt === null || !credential.isRenewable || transport.kind !== 'websocket') return;
    const renew = async (): Promise<void> => {
      const token = await credential.get();
      if (token === undefined || token === this.#token) return;
      const renewed = await renewToken(transport, token);
      this.#token = token;
      if (transport === this.#transport) this.#renewBefore(transport, renewed ?? expiryOf(token));
    };
    const delayMs = Math.max(0, expiresAt - Date.now()) * 0.8;
    this.#renewTimer = setTimeout(
      () => {
        // Without another token, the server closes the connection when this one expires, and the next attempt asks again.
        renew().catch(() => {});
      },
      Math.min(delayMs, 2_147_483_647),
    );
  }

  async #sleep(ms: number): Promise<void> {
    this.#wake = new AbortController();
    await wait(ms, this.#wake.signal);
  }

  #wakeUp(): void {
    this.#wake.abort();
  }
}

function reasonOf(error: unknown): ClosedReason {
  if (error instanceof ConnectionFailed) return error.reason;
  return { code: null, message: error instanceof Error ? error.message : String(error) };
}
