import { schema } from '../src/schema.ts';

const notice = '// Generated from the schema by `npm run codegen`.\n';

/** What the client contains of the schema, by the name of its file in client/. */
export function printedClientData(): Readonly<Record<string, string>> {
  return { 'every-fields.generated.ts': everyFields() };
}

/** The subscriptions that resume after a cursor. */
function everyFields(): string {
  const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const names = fields
    .filter(({ extensions }) => extensions.stream?.delivery === 'EVERY')
    .map(({ name }) => name)
    .sort();
  return `${notice}
/** The subscriptions that send every event, and resume after a cursor. */
export const everyFields: ReadonlySet<string> = new Set(
  '${names.join(' ')}'.split(' '),
);
`;
}
