import { AppError } from '../../errors.ts';

/** @throws AppError BAD_USER_INPUT if there would be too many agents. */
export function requireAgentsWithin(agentsMax: number, known: number, added: readonly string[]): void {
  const [agentId] = added;
  if (agentId === undefined || known + added.length <= agentsMax) return;
  const allowed = `the id of a known agent: there are ${known} of at most ${agentsMax} (AGENTS_MAX)`;
  throw new AppError('BAD_USER_INPUT', `agentId must be ${allowed}; ${agentId} is not known.`, {
    details: { field: 'agentId', allowed },
  });
}
