import { z } from 'zod';
import { invalidParameter } from '../rest-errors.ts';
import type { AutoopsInterveneMutationVariables } from '../documents.generated.ts';

const actions = ['pause', 'resume', 'reset', 'override'] as const;
const reasonCharsMax = 500;

/** The body of a request for an intervention. null is equivalent to an absent property. */
export const interventionBody = z.object({
  agent_id: z.string().nullish(),
  action: z.enum(actions),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  reason: z.string().max(reasonCharsMax).nullish(),
});

/** @throws AppError INVALID_PARAMETER when body and path name different agents. */
export function interventionOf(
  { agent_id: agentId }: { readonly agent_id: string },
  body: z.infer<typeof interventionBody>,
): AutoopsInterveneMutationVariables {
  if (typeof body.agent_id === 'string' && body.agent_id !== agentId)
    throw invalidParameter('agent_id', 'agent_id must be the one that the path names.');
  return {
    input: {
      agentId,
      action: upper(body.action),
      parameters: body.parameters ?? {},
      reason: body.reason ?? null,
    },
  };
}

/** Enum values are upper case in the graph. */
function upper<Word extends string>(word: Word): Uppercase<Word> {
  return word.toUpperCase() as Uppercase<Word>;
}
