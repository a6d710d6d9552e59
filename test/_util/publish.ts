import type { GraphqlAnswer } from './app.ts';

/** The mutation `publish` with the variable `events`. @param selection of fields of its success. */
export function publishMutation(selection = 'cursor'): string {
  return `mutation ($events: [EventInput!]!) {
    publish(input: { events: $events }) {
      ... on PublishSuccess { ${selection} }
      ... on InvalidInput { code message index field allowed }
    }
  }`;
}

/** Why `publish` has stored nothing: its result, or the error of the request. Undefined: the batch was stored. */
export function rejectionOf({
  data,
  errors,
}: GraphqlAnswer<unknown>): Readonly<Record<string, unknown>> | undefined {
  const [error] = errors ?? [];
  if (error !== undefined) return { message: error.message, ...error.extensions };
  const { publish } = data as { readonly publish: Readonly<Record<string, unknown>> };
  return 'code' in publish ? publish : undefined;
}
