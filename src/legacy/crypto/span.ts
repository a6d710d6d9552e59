const hourMs = 3_600_000;

/** How far back an endpoint looks. */
export function hoursOf(hours: number) {
  return { kind: 'int', default: hours, min: 1, max: 720, description: 'Look back so many hours.' } as const;
}

/** How much an endpoint answers at most. */
export function limitOf(limit: number) {
  return { kind: 'int', default: limit, min: 1, max: 1000, description: 'Rows in the answer.' } as const;
}

/** ISO 8601. */
export function sinceOf(hours: number): string {
  return new Date(Date.now() - hours * hourMs).toISOString();
}
