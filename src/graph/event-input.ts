import type { InputRef } from '@pothos/core';
import type { Draft } from '../journal/topic.ts';
import { AppError } from '../errors.ts';
import type { GraphContext } from './context.ts';

/**
 * What producers may report. Each domain adds its members here; the mutation `publish` and the HTTP address for
 * producers are built from them.
 */
export interface EventMember {
  readonly name: string;
  readonly input: InputRef<never>;
  readonly description: string;
  /**
   * The event as it is stored. Changes nothing; what is allowed may depend on gauges of the context.
   * @throws AppError BAD_USER_INPUT through `refuse`, naming the field and what is allowed.
   */
  readonly draft: (fields: never, common: Reported, context: GraphContext) => Draft;
}

/** What every member may carry besides its own fields. */
export interface Reported {
  readonly id?: string;
  /** Unix milliseconds. */
  readonly occurredAt: number;
}

const members = new Map<string, EventMember>();

export function eventMember<Fields>(member: {
  name: string;
  input: InputRef<Fields>;
  description: string;
  draft: (fields: Fields, common: Reported, context: GraphContext) => Draft;
}): void {
  members.set(member.name, member as unknown as EventMember);
}

export function eventMembers(): ReadonlyMap<string, EventMember> {
  return members;
}

/** Refuses a field of a reported event; `publish` adds the index in the batch. */
export function refuse(field: string, allowed: string): never {
  throw new AppError('BAD_USER_INPUT', `${field} must be ${allowed}.`, { details: { field, allowed } });
}
