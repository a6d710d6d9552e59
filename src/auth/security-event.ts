/** A request, handshake or connection that the server rejected for a reason of security; it belongs in the audit log. */
export interface SecurityEvent {
  readonly type: 'origin_rejected' | 'authentication_failed' | 'rate_limited';
  readonly path: string;
  readonly address: string;
}
