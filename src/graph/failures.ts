import { AppError, errorCodes, type ErrorCode } from '../errors.ts';
import { builder } from './builder.ts';
import { describedEnum } from './event-enum.ts';
import { InvalidInput } from './invalid-input.ts';

/** Errors that clients are expected to handle: they are part of the result type of a mutation. */

export class NotFound extends AppError {
  readonly what: string;
  constructor(what: string, id: string) {
    super('NOT_FOUND', `There is no ${what} ${JSON.stringify(id)}.`, { details: { id } });
    this.what = what;
  }
}

const ErrorCodeType = describedEnum<ErrorCode>(
  'ErrorCode',
  'Codes of errors, in `extensions.code` of an error and in `Failure.code`. A code never changes its meaning.',
  errorCodes,
);

export const Failure = builder.interfaceRef<AppError>('Failure').implement({
  description: 'The reason why a mutation changed nothing.',
  fields: (t) => ({
    message: t.string({ description: 'Message for people.', resolve: (error) => error.message }),
    code: t.field({
      type: ErrorCodeType,
      description: 'Error code for programs.',
      resolve: (error) => error.code,
    }),
  }),
});

builder.objectType(NotFound, {
  name: 'NotFound',
  description: 'An object that the mutation refers to does not exist.',
  interfaces: [Failure],
  isTypeOf: (error) => error instanceof NotFound,
  fields: (t) => ({ what: t.exposeString('what', { description: 'The kind of thing: `role`.' }) }),
});

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  description: 'An argument has an invalid value.',
  interfaces: [Failure],
  isTypeOf: (error) => error instanceof InvalidInput,
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The argument or input field whose value is invalid.' }),
    allowed: t.exposeString('allowed', { description: 'The allowed values: `1 to 64 characters`.' }),
    index: t.exposeInt('index', {
      nullable: true,
      description:
        'Index of the invalid item, from 0, if the input has a list of objects: then `field` is a field of the item. ' +
        'Null otherwise.',
    }),
  }),
});
