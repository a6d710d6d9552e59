import { AppError } from '../errors.ts';

/** The error for an invalid argument. A mutation that declares it in `errors` returns it as part of its result. */
export class InvalidInput extends AppError {
  readonly field: string;
  readonly allowed: string;

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
  }
}
