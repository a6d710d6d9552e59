import { tokenCharsMax } from '../../auth/authenticate.ts';
import { createOpaque, createTokenId, digestOf } from '../../auth/opaque.ts';
import { isSubject, subjectRule } from '../../auth/subject.ts';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { dateTime, exposedFields, id, nullable, of } from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { ownAudit } from '../governance/events.ts';
import { requireManageable, rolesIn } from '../governance/roles.graph.ts';
import {
  storeRevocation,
  storeToken,
  targetOf,
  tokenList,
  type TokenKind,
  type TokenRecord,
} from './store.ts';

const TokenKindType = describedEnum<TokenKind>('TokenKind', 'How a credential is used.', {
  API: 'By programs, as `Authorization: Bearer`.',
  SESSION: 'By browsers, as a cookie.',
});

const Token = builder.objectRef<TokenRecord>('Token').implement({
  description: 'A token or a session that this server gave out. What its bearer shows is nowhere to be read.',
  fields: (t) => ({
    ...exposedFields(t, {
      id: id('Names it, for `revokeToken`. No secret.'),
      kind: of(TokenKindType, 'How it is used.'),
      subject: id('Who its bearer is.'),
      role: id('The role that it names.'),
      name: nullable.string('For people; null for sessions.'),
      parentId: nullable.id(
        'The credential that a session was begun with, and with which it ends; null if that has no name.',
      ),
      createdAt: dateTime('Since when.'),
      createdBy: id('Who made it.'),
      expiresAt: nullable.dateTime('Until when; null: until it is revoked.'),
      revokedAt: nullable.dateTime(
        'When it, its session’s credential or everything of its subject was revoked; null: it was not.',
      ),
    }),
  }),
});

keysetConnection('tokens', {
  name: 'Token',
  type: Token,
  list: tokenList,
  requires: 'manage',
  description:
    'Tokens and sessions that this server gave out, newest first, expired and revoked ones among them; without ' +
    'configured keys and JWTs, of which nothing is stored. Source: the table tokens.',
  page: 'A page of tokens.',
  edge: 'A token and its place in the list.',
  args: (t) => ({ subject: t.id({ description: 'Only of this subject; default all.' }) }),
  filter: ({ subject = null }) => ({ subject }),
});

interface CreatedToken extends TokenRecord {
  readonly secret: string;
}

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'A token as it shall be.',
  fields: (t) => ({
    subject: t.id({ required: true, description: 'Who its bearer is, 1 to 256 characters.' }),
    role: t.id({ description: 'A role that exists. Default: `user`.' }),
    name: t.string({ bounds: { chars: [1, 200] }, description: 'For people: what it is for.' }),
    expiresInS: t.int({
      description: 'Seconds from now, 1 to 315360000 (ten years). Default: it does not expire.',
    }),
  }),
});

const expiresInSMax = 315_360_000;

builder.mutationField('createToken', (t) =>
  t.field({
    type: Token,
    requires: 'manage',
    description:
      'Makes a token. What its bearer has to show is in this answer and never again: only its digest is stored. Audited ' +
      'as `token_created`.',
    args: {
      input: t.arg({ type: CreateTokenInput, required: true, description: 'The token as it shall be.' }),
    },
    errors: {
      types: [InvalidInput, NotFound],
      dataField: { name: 'token', description: 'The token.' },
      result: {
        description: 'The token, and what its bearer has to show.',
        fields: (r) => ({
          secret: r.string({
            description:
              'As `Authorization: Bearer …`, `X-API-Key`, or `authorization` of `connection_init`. Shown once.',
            resolve: (token) => (token as CreatedToken).secret,
          }),
        }),
      },
    },
    async resolve(_root, { input }, context): Promise<CreatedToken> {
      const { journal, viewer } = context;
      const { subject, name = null, expiresInS = null } = input;
      const role = input.role ?? 'user';
      if (!isSubject(subject)) throw new InvalidInput('subject', subjectRule);
      if (expiresInS !== null && (expiresInS < 1 || expiresInS > expiresInSMax))
        throw new InvalidInput('expiresInS', `1 to ${expiresInSMax} seconds`);
      if (!(await rolesIn(context)).some(({ roleId }) => roleId === role)) throw new NotFound('role', role);
      const secret = createOpaque();
      const expiresAt = expiresInS === null ? null : new Date(Date.now() + expiresInS * 1_000);
      const tokenId = createTokenId('tok');
      const { value } = await journal.log.transact(async (db) => {
        const made = {
          id: tokenId,
          subject,
          role,
          name,
          expiresAt,
          parentId: null,
          createdBy: viewer.subject,
        };
        const value = await storeToken(db, { ...made, kind: 'API', digest: digestOf(secret) });
        const details = JSON.stringify({ subject, name, expiresAt });
        const done = { targetId: tokenId, role, action: 'created token', details };
        return { value, drafts: [ownAudit('token_created', viewer.subject, done)] };
      });
      return { ...value, secret };
    },
  }),
);

interface RevocationView {
  readonly target: string;
  readonly revokedAt: Date;
}

const Revocation = builder.objectRef<RevocationView>('Revocation').implement({
  description: 'What no longer holds.',
  fields: (t) => ({
    ...exposedFields(t, {
      target: id('The credential’s id, or the subject.'),
      revokedAt: dateTime('Since when.'),
    }),
  }),
});

const revocationResult = {
  types: [InvalidInput, NotFound],
  dataField: { name: 'revocation', description: 'What was revoked.' },
};

builder.mutationField('revokeToken', (t) =>
  t.field({
    type: Revocation,
    requires: 'manage',
    description:
      'Revokes one credential, with the sessions begun with it: a token or session of this server, a JWT by its `jti`, a ' +
      'configured key. What is open by it ends within a second, on every instance. Audited as `token_revoked`.',
    args: {
      id: t.arg.id({
        required: true,
        bounds: { chars: 512 },
        description:
          'As `tokens` shows it (`tok_…`, `ses_…`), as `viewer` shows it to its bearer, or `jwt:` and the `jti`.',
      }),
    },
    errors: revocationResult,
    async resolve(_root, args, { journal, viewer, serverInfo }): Promise<RevocationView> {
      if (/\p{Cc}/u.test(args.id)) throw new InvalidInput('id', 'the id of a credential');
      const { value } = await journal.log.transact(async (db) => {
        const token = await tokenList.find(db, args.id);
        if (token === undefined && !/^(jwt:.|key:[0-9a-f]{16}$)/.test(args.id))
          throw new NotFound('token', args.id);
        const until = token?.expiresAt ?? null;
        const { revokedAt } = await storeRevocation(db, {
          target: targetOf({ id: args.id }),
          by: viewer.subject,
          until,
        });
        await requireManageable(db, { viewer, serverInfo }, 'id');
        const details =
          token === undefined ? null : JSON.stringify({ subject: token.subject, name: token.name });
        const done = { targetId: args.id, role: token?.role ?? null, action: 'revoked token', details };
        return { value: revokedAt, drafts: [ownAudit('token_revoked', viewer.subject, done)] };
      });
      return { target: args.id, revokedAt: value };
    },
  }),
);

builder.mutationField('revokeTokens', (t) =>
  t.field({
    type: Revocation,
    requires: 'manage',
    description:
      'Revokes everything that was issued to a subject up to now: tokens, sessions, and JWTs by their `iat` (also ' +
      'those issued up to JWT_CLOCK_TOLERANCE_S later, and those without one for good). Configured keys have no date: take them out of the configuration, or revoke them by id. ' +
      'Audited as `token_revoked`.',
    args: { subject: t.arg.id({ required: true, description: 'The subject, 1 to 256 characters.' }) },
    errors: revocationResult,
    async resolve(_root, { subject }, { journal, viewer, serverInfo }): Promise<RevocationView> {
      if (!isSubject(subject)) throw new InvalidInput('subject', subjectRule);
      const { value } = await journal.log.transact(async (db) => {
        const target = targetOf({ subject });
        const { revokedAt } = await storeRevocation(db, { target, by: viewer.subject, until: null });
        await requireManageable(db, { viewer, serverInfo }, 'subject');
        const done = { targetId: subject, action: 'revoked every token of a subject' };
        return { value: revokedAt, drafts: [ownAudit('token_revoked', viewer.subject, done)] };
      });
      return { target: subject, revokedAt: value };
    },
  }),
);

interface Renewed {
  readonly role: string | null;
  readonly expiresAt: number | null;
}

const RenewedCredential = builder.objectRef<Renewed>('RenewedCredential').implement({
  description: 'The credential by which a connection is open from now on.',
  fields: (t) => ({
    ...exposedFields(t, {
      role: nullable.id('The role that it names.'),
      expiresAt: nullable.dateTime('Until when; null: until it is revoked.'),
    }),
  }),
});

builder.mutationField('renewToken', (t) =>
  t.field({
    type: RenewedCredential,
    requires: 'credential',
    description:
      'Puts another credential of the same subject in the place of the one by which this WebSocket was opened, before that ' +
      'expires. Subscriptions that are still allowed go on without a gap. Errors: AUTHENTICATION_FAILED (not valid), ' +
      'FORBIDDEN (of another subject), BAD_USER_INPUT (not over a WebSocket, where nothing is open).',
    args: {
      token: t.arg.string({
        required: true,
        bounds: { chars: tokenCharsMax },
        description: 'The new token. It appears nowhere else.',
      }),
    },
    async resolve(_root, { token }, { viewer }): Promise<Renewed> {
      const { credential } = viewer;
      if (credential === undefined) throw new AppError('AUTHENTICATION_FAILED', 'A credential is needed.');
      await credential.renew(token);
      return { role: viewer.role, expiresAt: credential.expiresAt };
    },
  }),
);
