/** What one check has found. */
export interface Finding {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly found: string;
  /** What to do; null if nothing. */
  readonly todo: string | null;
}

export function ok(name: string, found: string): Finding {
  return { name, status: 'ok', found, todo: null };
}

export function warning(name: string, found: string, todo: string): Finding {
  return { name, status: 'warning', found, todo };
}

export function failed(name: string, found: string, todo: string): Finding {
  return { name, status: 'failed', found, todo };
}
