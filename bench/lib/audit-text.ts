/** The audit log's entries, each with the number of its event at the end. */
export const auditText = `subscription ($after: Cursor) {
  auditEvents(after: $after) { cursor occurredAt eventType actorId action details }
}`;
