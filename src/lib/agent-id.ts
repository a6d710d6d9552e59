/** The ids of agents: as configured, and as agents report them. */
export function isAgentId(text: string): boolean {
  return /^[a-z0-9_-]{1,64}$/.test(text);
}

export const agentIdRule = '1 to 64 characters of a-z, 0-9, _ and -';
