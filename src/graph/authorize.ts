import { may, type Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import type { Need } from './rules.ts';

/** The error with which the operation is rejected for this viewer. Null: the viewer may execute it. */
export function authorize(
  { requires }: { readonly requires: readonly Need[] },
  viewer: Viewer,
): AppError | null {
  const ended = viewer.credential?.ended ?? null;
  if (ended !== null)
    return new AppError('AUTHENTICATION_FAILED', `The credential is ${ended}.`, { details: { ended } });
  const lacking = requires.filter((need) => !meets(viewer, need));
  if (lacking.length === 0) return null;
  return new AppError(
    viewer.authenticated ? 'FORBIDDEN' : 'AUTHENTICATION_FAILED',
    `This needs ${describe(lacking)}.`,
    {
      details: { requires: lacking },
    },
  );
}

function describe(lacking: readonly Need[]): string {
  if (lacking.includes('credential')) return 'a credential';
  return lacking.includes('anyCapability')
    ? 'a credential with any capability'
    : `the capability ${lacking.join(', ')}`;
}

/** A viewer with `manage` needs no credential: without configured credentials every viewer has all capabilities. */
function meets(viewer: Viewer, need: Need): boolean {
  if (need !== 'credential' && need !== 'anyCapability') return may(viewer, need);
  if (may(viewer, 'manage')) return true;
  return viewer.authenticated && (need === 'credential' || viewer.capabilities.size > 0);
}
