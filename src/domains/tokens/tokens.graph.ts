import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { builder } from '../../graph/builder.ts';
import { parsePlace, placeText } from '../../graph/place.ts';
import { readTokenPage, type TokenRecord } from './store.ts';

const TokenKindType = builder.enumType('TokenKind', {
  description: 'How a credential is used.',
  values: {
    API: { description: 'By programs, as `Authorization: Bearer`.' },
    SESSION: { description: 'By browsers, as a cookie.' },
  } as const,
});

export const Token = builder.objectRef<TokenRecord>('Token').implement({
  description: 'A token or a session that this server gave out. What its bearer shows is nowhere to be read.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Names it, for `revokeToken`. No secret.' }),
    kind: t.field({ type: TokenKindType, description: 'How it is used.', resolve: ({ kind }) => kind }),
    subject: t.exposeID('subject', { description: 'Who its bearer is.' }),
    role: t.exposeID('role', { description: 'The role that it names.' }),
    name: t.exposeString('name', { nullable: true, description: 'For people; null for sessions.' }),
    parentId: t.exposeID('parentId', {
      nullable: true,
      description:
        'The credential that a session was begun with, and with which it ends; null if that has no name.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'Since when.',
      resolve: ({ createdAt }) => createdAt,
    }),
    createdBy: t.exposeID('createdBy', { description: 'Who made it.' }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when; null: until it is revoked.',
      resolve: ({ expiresAt }) => expiresAt,
    }),
    revokedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When it, its session’s credential or everything of its subject was revoked; null: it was not.',
      resolve: ({ revokedAt }) => revokedAt,
    }),
  }),
});

const pageMax = 1_000;

builder.queryField('tokens', (t) =>
  t.connection(
    {
      type: Token,
      requires: 'manage',
      description:
        'Tokens and sessions that this server gave out, newest first, expired and revoked ones among them; without ' +
        'configured keys and JWTs, of which nothing is stored. Source: the table tokens.',
      args: { subject: t.arg.id({ description: 'Only of this subject; default all.' }) },
      resolve: (_root, args, { db }) =>
        resolveCursorConnection(
          {
            args,
            defaultSize: 100,
            maxSize: pageMax,
            toCursor: ({ createdAt, id }: TokenRecord) => placeText({ at: createdAt, id }),
          },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readTokenPage(db, {
              subject: args.subject ?? null,
              limit,
              newestFirst: !inverted,
              olderThan: parsePlace(after, 'after'),
              newerThan: parsePlace(before, 'before'),
            })),
          ],
        ),
    },
    { name: 'TokenConnection', description: 'A page of tokens.' },
    { name: 'TokenEdge', description: 'A token and its place in the list.' },
  ),
);
