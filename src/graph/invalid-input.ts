import { AppError } from '../errors.ts';

/** The error for an invalid argument. A mutation that declares it in `errors` returns it as part of its result. */
export class InvalidInput extends AppError {
  readonly field: string;
  readonly allowed: string;
  /** Index of the invalid item of a list. Null: the argument is not a list. */
  readonly index: number | null;

  /** @param item the list argument and the index of the invalid item. Null: the argument is not a list. */
  constructor(
    field: string,
    allowed: string,
    item: { readonly list: string; readonly index: number } | null = null,
  ) {
    const place = item === null ? '' : `${item.list}[${item.index}]: `;
    super('BAD_USER_INPUT', `${place}${field} must be ${allowed}.`, {
      details: { ...(item === null ? {} : { index: item.index }), field, allowed },
    });
    this.field = field;
    this.allowed = allowed;
    this.index = item?.index ?? null;
  }
}

/** For errors of functions that the graph shares with other callers: the same error as part of a mutation's result. */
export function asInvalidInput(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'BAD_USER_INPUT') return error;
  const { field, allowed, index } = error.details;
  if (typeof field !== 'string' || typeof allowed !== 'string') return error;
  const item = typeof index === 'number' ? { list: '', index } : null;
  return Object.assign(new InvalidInput(field, allowed, item), { message: error.message });
}
