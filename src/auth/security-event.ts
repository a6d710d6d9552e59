/** A request, handshake or connection that was rejected for a security reason. It is written to the audit log. */
export interface SecurityEvent {
  readonly type: 'origin_rejected' | 'authentication_failed' | 'rate_limited';
  readonly path: string;
  readonly address: string;
}
