import { addressLimit, socketSettings } from './limits.ts';
import { count, flag, integer, origins, text } from './parsers.ts';
import { section } from './setting.ts';
import { trustedManifest } from './trusted-documents.ts';

const operationsPerConnection = 10;

export const graphqlSettings = section({
  title: 'GraphQL',
  prefix: 'GRAPHQL_',
  settings: {
    origins: {
      env: 'GRAPHQL_CORS_ORIGINS',
      type: origins,
      unset: 'any port of localhost and 127.0.0.1',
      protects: true,
      aliases: ['CORS_ORIGIN', 'CORS_ORIGINS'],
      description: 'Origins of the pages that may call the server: * or a comma-separated list.',
    },
    introspection: {
      env: 'GRAPHQL_INTROSPECTION',
      type: flag,
      default: 'true',
      protects: true,
      description: 'Answer introspection queries.',
    },
    graphiql: {
      env: 'GRAPHIQL',
      type: flag,
      default: 'true',
      protects: true,
      description: 'Serve GraphiQL.',
    },
    dashboard: {
      env: 'DASHBOARD',
      type: flag,
      default: 'true',
      protects: true,
      description: 'Serve the live page to browsers at /.',
    },
    trusted: {
      env: 'GRAPHQL_TRUSTED_DOCUMENTS',
      type: text,
      protects: true,
      description:
        'JSON file with the only documents that clients may execute: {"<id>": "<document>"}, or a manifest of the Apollo generator. Disables introspection and GraphiQL.',
    },
    connectionsPerAddress: {
      env: 'GRAPHQL_MAX_CONNECTIONS_PER_IP',
      type: count,
      unset: 'half of MAX_WS_CONNECTIONS, except for loopback addresses',
      description:
        'Open WebSockets at /graphql per client address, and as many event streams. Loopback addresses, which may be a proxy, are limited only when it is set.',
    },
    operationsPerAddress: {
      env: 'GRAPHQL_MAX_OPERATIONS_PER_IP',
      type: count,
      unset: 'ten times GRAPHQL_MAX_CONNECTIONS_PER_IP, except for loopback addresses',
      description:
        'Operations in progress per client address over all of these. Loopback addresses are limited only when it is set.',
    },
    responseBytesMax: {
      env: 'GRAPHQL_MAX_RESPONSE_BYTES',
      type: integer(65_536, 256 * 1024 * 1024),
      default: '16777216',
      description: 'Largest response, and largest result of a subscription, in bytes of JSON.',
    },
  },
  resolve({ connectionsPerAddress, operationsPerAddress, ...values }, context, { graphiql, trusted }) {
    const connections = addressLimit(
      connectionsPerAddress,
      Math.ceil(context.value(socketSettings.settings.connectionsMax) / 2),
    );
    const isOpen = values.trusted === null;
    if (!isOpen && context.isSet(graphiql) && values.graphiql)
      context.warn(
        `GRAPHIQL has no effect with GRAPHQL_TRUSTED_DOCUMENTS: clients execute only those documents`,
      );
    return {
      ...values,
      origins: values.origins ?? 'localhost',
      introspection: values.introspection && isOpen,
      graphiql: values.graphiql && isOpen,
      connectionsPerAddress: connections,
      operationsPerAddress: addressLimit(operationsPerAddress, operationsPerConnection * connections.max),
      trusted: trustedManifest(trusted, values.trusted, context),
    };
  },
});
