import { AppError } from '../errors.ts';
import { builder } from './builder.ts';
import { InvalidInput } from './invalid-input.ts';

/** Failures that a mutation's caller is expected to handle: they are part of its result type. */

export class NotFound extends AppError {
  readonly what: string;
  constructor(what: string, id: string) {
    super('NOT_FOUND', `There is no ${what} ${JSON.stringify(id)}.`, { details: { id } });
    this.what = what;
  }
}

export const Failure = builder.interfaceRef<AppError>('Failure').implement({
  description: 'Why a mutation changed nothing.',
  fields: (t) => ({
    message: t.string({ description: 'A sentence for people.', resolve: (error) => error.message }),
    code: t.string({ description: 'A stable name for programs.', resolve: (error) => error.code }),
  }),
});

builder.objectType(NotFound, {
  name: 'NotFound',
  description: 'What was named does not exist.',
  interfaces: [Failure],
  isTypeOf: (error) => error instanceof NotFound,
  fields: (t) => ({ what: t.exposeString('what', { description: 'The kind of thing: `role`.' }) }),
});

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  description: 'A value that is not allowed.',
  interfaces: [Failure],
  isTypeOf: (error) => error instanceof InvalidInput,
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The input field.' }),
    allowed: t.exposeString('allowed', { description: 'What it may be.' }),
  }),
});
