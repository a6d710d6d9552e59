import graphql from '@graphql-eslint/eslint-plugin';

// Lints the printed schema and the documents of the old systems. oxlint lints the code.

const schemaFile = 'schema/schema.graphql';
const documentFiles = 'src/legacy/*/documents.graphql';

/** Selects the fields of a type, nullable or not. */
const fieldsOf = (type) =>
  `FieldDefinition[gqlType.name.value=${type}],FieldDefinition[gqlType.gqlType.name.value=${type}]`;

const schemaRules = {
  // Relay's specification of pages. Lists that are short and closed are plain lists.
  'relay-page-info': 'error',
  'relay-connection-types': 'error',
  'relay-edge-types': [
    'error',
    { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
  ],
  // Not `includeBoth`: `eventLog` is read forwards only. `keysetConnection` declares both directions for all others.
  'relay-arguments': ['error', { includeBoth: false }],

  'naming-convention': [
    'error',
    {
      types: 'PascalCase',
      // Sizes are in bytes, durations in milliseconds, averages `avg…`.
      FieldDefinition: {
        style: 'camelCase',
        forbiddenPrefixes: ['mean', 'average'],
        forbiddenSuffixes: ['Kb', 'Mb', 'Gb', 'Seconds', 'Minutes', 'Hours', 'Percentage'],
      },
      // Instants end in `At`. `until` is the end of a range that a client gave.
      [fieldsOf('DateTime')]: {
        requiredSuffixes: ['At'],
        ignorePattern: '^until$',
      },
      InputValueDefinition: 'camelCase',
      DirectiveDefinition: 'camelCase',
      EnumValueDefinition: 'UPPER_CASE',
      'FieldDefinition[parent.name.value=Query]': {
        forbiddenPrefixes: ['query', 'get', 'list', 'fetch'],
        forbiddenSuffixes: ['Query'],
      },
      'FieldDefinition[parent.name.value=Mutation]': { forbiddenSuffixes: ['Mutation'] },
      'FieldDefinition[parent.name.value=Subscription]': { forbiddenSuffixes: ['Subscription'] },
      EnumTypeDefinition: { forbiddenPrefixes: ['Enum'], forbiddenSuffixes: ['Enum'] },
      InterfaceTypeDefinition: { forbiddenPrefixes: ['Interface'], forbiddenSuffixes: ['Interface'] },
      ObjectTypeDefinition: { forbiddenSuffixes: ['Object', 'Payload', 'Response'] },
      UnionTypeDefinition: { requiredSuffixes: ['Result'] },
      InputObjectTypeDefinition: { requiredSuffixes: ['Input', 'Filter', 'Order'] },
    },
  ],
  'require-description': [
    'error',
    {
      types: true,
      DirectiveDefinition: true,
      EnumValueDefinition: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      rootField: true,
    },
  ],
  'input-name': ['error', { checkInputType: true, caseSensitiveInputType: false }],
  'description-style': 'error',
  'no-hashtag-description': 'error',
  'no-scalar-result-type-on-mutation': 'error',
  'no-unreachable-types': 'error',
  'require-deprecation-reason': 'error',
  'require-nullable-fields-with-oneof': 'error',
  'unique-enum-value-names': 'error',
  // Not used:
  // - strict-id-in-types: values without an identity, such as samples and pages, have no id. `test/graph/nodes.test.ts`
  //   checks that exactly the Nodes have one.
  // - no-typename-prefix: the natural key of a Node is named for it (`Agent.agentId`), as in all arguments.
  // - alphabetize: `printSchema` sorts.
  // - require-field-of-type-query-in-mutation-result: results contain what changed, and clients read the rest by id.
  // - require-deprecation-date: no release has deprecated a field.
};

const documentRules = {
  ...graphql.configs['flat/operations-recommended'].rules,
  // The results go to a `map.ts`, not to a cache that needs ids.
  '@graphql-eslint/require-selections': 'off',
};

const languageOptions = {
  parser: graphql.parser,
  parserOptions: { graphQLConfig: { schema: schemaFile, documents: documentFiles } },
};
const plugins = { '@graphql-eslint': graphql };

export default [
  {
    files: [schemaFile],
    plugins,
    languageOptions,
    rules: Object.fromEntries(
      Object.entries(schemaRules).map(([name, options]) => [`@graphql-eslint/${name}`, options]),
    ),
  },
  { files: [documentFiles], plugins, languageOptions, rules: documentRules },
];
