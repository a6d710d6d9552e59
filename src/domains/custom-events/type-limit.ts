import { AppError } from '../../errors.ts';

/** @throws AppError BAD_USER_INPUT if there would be too many types. */
export function requireTypesWithin(
  typesMax: number,
  { known, added }: { readonly known: number; readonly added: ReadonlySet<string> },
): void {
  const [type] = added;
  if (type === undefined || known + added.size <= typesMax) return;
  const allowed = `a type that is in use: ${typesMax} types are (CUSTOM_EVENT_TYPES_MAX)`;
  throw new AppError('BAD_USER_INPUT', `type must be ${allowed}; ${type} is not.`, {
    details: { field: 'type', allowed },
  });
}
