/** A subscription to audit entries. Each entry ends with the number of its event. */
export const auditText = `subscription ($after: Cursor) {
  auditEvents(after: $after) { cursor occurredAt eventType actorId action details }
}`;
