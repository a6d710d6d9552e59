import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';

// How common tools read the schema: in one document, or first what introspection of the server supports.

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(
    { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' },
    { keep: true },
  );
});
afterAll(() => app.stop());

/** @param aliased by alias: the introspection type whose fields, or fields with arguments, are requested. */
function support(name: string, fields: string, aliased: Readonly<Record<string, string>>): string {
  const types = Object.entries(aliased).map(
    ([alias, type]) => `${alias}: __type(name: "${type}") { ${fields} }`,
  );
  return `query ${name} { ${types.join(' ')} }`;
}

const reference = (depth: number): string =>
  depth === 0 ? 'kind name' : `kind name ofType { ${reference(depth - 1)} }`;

const fullSchema = `
  __schema {
    __typename description
    queryType { name } mutationType { name } subscriptionType { name }
    types {
      kind name description specifiedByURL isOneOf
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason
        args(includeDeprecated: true) { ...Value }
        type { ...Reference }
      }
      inputFields(includeDeprecated: true) { ...Value }
      interfaces { ...Reference }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      possibleTypes { ...Reference }
    }
    directives { name description locations isRepeatable args(includeDeprecated: true) { ...Value } }
  }`;
const fragments = `
  fragment Value on __InputValue { name description defaultValue isDeprecated deprecationReason type { ...Reference } }
  fragment Reference on __Type { ${reference(9)} }`;

const documents = {
  'graphql-js, as GraphiQL and code generators': getIntrospectionQuery({
    schemaDescription: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    inputValueDeprecation: true,
    oneOf: true,
  }),
  'Apollo Kotlin, before the introspection': support('Support', 'name fields { name args { name } }', {
    schema: '__Schema',
    type: '__Type',
    directive: '__Directive',
    field: '__Field',
    inputValue: '__InputValue',
    enumValue: '__EnumValue',
  }),
  'Apollo Kotlin': `query Introspection { ${fullSchema} } ${fragments}`,
  'StrawberryShake, before the introspection': support('introspection_phase_1', 'name fields { name }', {
    schema: '__Schema',
    type: '__Type',
    directive: '__Directive',
    field: '__Field',
    inputValue: '__InputValue',
  }),
  'StrawberryShake, under an alias': `query introspection_phase_2 { schema: ${fullSchema.trim()} } ${fragments}`,
  'gql.tada, before the introspection': support('Features', '__typename fields { name args { name } }', {
    directive: '__Directive',
    field: '__Field',
    inputValue: '__InputValue',
    type: '__Type',
  }),
};

describe('introspection', () => {
  it.each(Object.entries(documents))('by %s is answered without errors', async (_tool, query) => {
    const { data, errors } = await app.graphql<object>(query);
    expect(errors).toBeUndefined();
    for (const value of Object.values(data)) expect(value).not.toBeNull();
  });

  it('that requests the schema several times under aliases is rejected with its cost', async () => {
    const aliases = Array.from({ length: 10 }, (_, index) => `a${index}: ${fullSchema.trim()}`);
    const { errors } = await app.graphql(`{ ${aliases.join(' ')} } ${fragments}`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST', costMax: expect.any(Number) } }]);
  });
});
