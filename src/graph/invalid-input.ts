import { AppError } from '../errors.ts';

/** A value of an argument that is not allowed. A mutation that declares it in `errors` returns it in its result. */
export class InvalidInput extends AppError {
  readonly field: string;
  readonly allowed: string;

  /** @param item which item of the list that the argument is, when it is one. */
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
