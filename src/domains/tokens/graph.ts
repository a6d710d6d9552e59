import { tokenCharsMax } from '../../auth/authenticate.ts';
import { isSubject, subjectRule } from '../../auth/subject.ts';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { dateTime, exposedFields, id, named, nullable, of } from '../../graph/exposed-fields.ts';
import type { GraphContext } from '../../graph/context.ts';
import { Failure, NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import { ownAudit } from '../governance/events.ts';
import { requireManageable } from '../governance/manageable.graph.ts';
import { rolesIn } from '../governance/roles.graph.ts';
import {
  issueToken,
  storeRevocation,
  targetOf,
  tokenList,
  type IssuedToken,
  type RevocationRecord,
  type TokenKind,
  type TokenRecord,
} from './store.ts';

const TokenKindType = describedEnum<TokenKind>('TokenKind', 'How a credential is sent.', {
  API: 'Programs send it as `Authorization: Bearer`.',
  SESSION: 'Browsers send it as a cookie.',
});

export const Token = nodeType<TokenRecord>('Token', {
  description: 'A token or a session that this server issued, without its secret. Source: the table tokens.',
  key: ({ id: tokenId }) => tokenId,
  load: fromList(tokenList, (token) => token),
  requires: 'manage',
  fields: (t) => ({
    roleId: t.exposeID('role', { description: 'Role in the credential.' }),
    tokenId: t.exposeID('id', {
      description: 'Identifies the credential: `tok_…` or `ses_…`. Not a secret.',
    }),
    ...exposedFields(t, {
      kind: of(TokenKindType, 'How the credential is sent.'),
      subject: id('Subject that the credential authenticates.'),
      name: nullable.string('Name for people. Null for sessions and for tokens without a name.'),
      parentId: nullable.id(
        'Credential with which a session was started. Revoking it ends the session. Null for tokens, and if that credential has no id.',
      ),
      createdAt: dateTime('When the credential was issued.'),
      createdBy: id('Subject that created the token or started the session.'),
      expiresAt: nullable.dateTime('When the credential expires. Null if it does not expire.'),
      revokedAt: nullable.dateTime(
        'When the credential, its parent, or everything of its subject was revoked. Null if it is not revoked.',
      ),
    }),
  }),
});

const TokenFilterInput = builder.inputType('TokenFilter', {
  description: 'Selects tokens and sessions that match all given conditions.',
  fields: (t) => ({
    subject: t.id({ description: 'Only credentials of this subject.' }),
    roleId: t.id({ description: 'Only credentials with this role.' }),
    kinds: t.field({ type: [TokenKindType], description: 'Only credentials that are sent in these ways.' }),
    ...timeRangeFields(t, 'credentials that were issued'),
  }),
});

export const tokens = keysetConnection('tokens', {
  name: 'Token',
  type: Token,
  list: tokenList,
  requires: 'manage',
  description:
    'Returns the tokens and sessions that this server issued, newest first, including expired and revoked ones. ' +
    'Configured keys and JWTs are not stored and not included. Source: the table tokens. ' +
    searchedPages('`subject`, `roleId` and `kinds`, or with `kinds`'),
  followedBy: 'auditEvents',
  page: 'A page of tokens and sessions.',
  edge: 'A token or session and its cursor.',
  totalCount: 'Number of stored tokens and sessions that match the filter.',
  filterInput: TokenFilterInput,
});

const expiresInMsMax = 315_360_000_000;

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'The properties of a new token.',
  fields: (t) => ({
    subject: t.id({
      required: true,
      description: `Subject that the token authenticates: ${subjectRule}.`,
    }),
    roleId: t.id({ description: 'An existing role. Default: `user`.' }),
    name: t.string({ bounds: { chars: [1, 200] }, description: 'Name for people, such as its purpose.' }),
    expiresInMs: t.field({
      type: 'SafeInt',
      description: `Lifetime in milliseconds, 1000 to ${expiresInMsMax} (ten years). Default: the token does not expire.`,
    }),
  }),
});

builder.mutationField('createToken', (t) =>
  t.field({
    type: Token,
    requires: 'manage',
    description:
      'Creates a token. Its secret is in this response only, because the server stores a digest. Audited as `token_created`.',
    args: {
      input: t.arg({ type: CreateTokenInput, required: true, description: 'Properties of the token.' }),
    },
    errors: {
      types: [InvalidInput, NotFound],
      dataField: { name: 'token', description: 'The token as it was stored, without its secret.' },
      result: {
        description: 'The created token and its secret.',
        fields: (r) => ({
          secret: r.string({
            description:
              'The secret that authenticates requests: sent as `Authorization: Bearer …`, as `X-API-Key`, or as ' +
              '`authorization` in the payload of `connection_init`. It cannot be read again.',
            resolve: (token) => (token as IssuedToken).secret,
          }),
        }),
      },
    },
    async resolve(_root, { input }, context): Promise<IssuedToken> {
      const { journal, viewer } = context;
      const { subject, name = null, expiresInMs = null } = input;
      const role = input.roleId ?? 'user';
      if (!isSubject(subject)) throw new InvalidInput('subject', subjectRule);
      if (expiresInMs !== null && (expiresInMs < 1_000 || expiresInMs > expiresInMsMax))
        throw new InvalidInput('expiresInMs', `1000 to ${expiresInMsMax}`);
      if (!(await rolesIn(context)).some(({ roleId }) => roleId === role)) throw new NotFound('role', role);
      const expiresAt = expiresInMs === null ? null : new Date(Date.now() + expiresInMs);
      const given = { kind: 'API', subject, role, name, expiresAt, parentId: null } as const;
      const { value } = await journal.log.transact(async (db) => {
        const token = await issueToken(db, { ...given, createdBy: viewer.subject });
        const details = JSON.stringify({ subject, name, expiresAt });
        const done = { targetId: token.id, role, action: 'created token', details };
        return { value: token, drafts: [ownAudit('token_created', viewer.subject, done)] };
      });
      return value;
    },
  }),
);

type StoredRevocation = Pick<RevocationRecord, 'target' | 'revokedAt'>;

const Revocation = builder.objectRef<StoredRevocation>('Revocation').implement({
  description: 'A revocation of one credential, or of all credentials of a subject.',
  fields: (t) =>
    exposedFields(t, {
      target: id('Id of the credential, or the subject.'),
      revokedAt: dateTime('When the revocation took effect.'),
    }),
});

const revocationResult = {
  types: [InvalidInput, NotFound],
  dataField: { name: 'revocation', description: 'The stored revocation.' },
};

const RevokeTokenInput = builder.inputType('RevokeTokenInput', {
  description: 'The credential to revoke.',
  fields: (t) => ({
    tokenId: t.id({
      required: true,
      bounds: { chars: 512 },
      description:
        'The `tokenId` in `tokens` (`tok_…`, `ses_…`), the `credentialId` in `viewer`, or `jwt:` followed by the `jti`.',
    }),
  }),
});

const RevokeTokensInput = builder.inputType('RevokeTokensInput', {
  description: 'The subject whose credentials to revoke.',
  fields: (t) => ({
    subject: t.id({ required: true, description: 'A subject of credentials, 1 to 256 characters.' }),
  }),
});

/** Stores and audits a revocation, unless no credential with the capability `manage` would remain. */
async function revoke(
  { journal, viewer, serverInfo }: GraphContext,
  by: 'id' | 'subject',
  name: string,
): Promise<StoredRevocation> {
  const { value } = await journal.log.transact(async (db) => {
    const token = by === 'id' ? (await tokenList.findAll(db, [name])).get(name) : undefined;
    if (by === 'id' && token === undefined && !/^(jwt:.|key:[0-9a-f]{16}$)/.test(name))
      throw new NotFound('token', name);
    const { revokedAt } = await storeRevocation(db, {
      target: targetOf(by, name),
      by: viewer.subject,
      until: token?.expiresAt ?? null,
    });
    await requireManageable(db, { viewer, serverInfo }, by === 'id' ? 'tokenId' : 'subject');
    const draft = ownAudit('token_revoked', viewer.subject, {
      targetId: name,
      role: token?.role ?? null,
      action: by === 'id' ? 'revoked token' : 'revoked every token of a subject',
      details: token === undefined ? null : JSON.stringify({ subject: token.subject, name: token.name }),
    });
    return { value: { target: name, revokedAt }, drafts: [draft] };
  });
  return value;
}

builder.mutationField('revokeToken', (t) =>
  t.field({
    type: Revocation,
    requires: 'manage',
    description:
      'Revokes one credential and the sessions that were started with it: a token or session of this server, a JWT by its ' +
      '`jti`, or a configured key. Connections that use it are closed within a second, on every instance. Audited as ' +
      '`token_revoked`. Rejected if no credential with the capability `manage` would remain.',
    args: { input: t.arg({ type: RevokeTokenInput, required: true, description: 'The credential.' }) },
    errors: revocationResult,
    resolve(_root, { input: { tokenId } }, context): Promise<StoredRevocation> {
      if (/\p{Cc}/u.test(tokenId)) throw new InvalidInput('tokenId', 'the id of a credential');
      return revoke(context, 'id', tokenId);
    },
  }),
);

builder.mutationField('revokeTokens', (t) =>
  t.field({
    type: Revocation,
    requires: 'manage',
    description:
      'Revokes all credentials that were issued to a subject until now: tokens, sessions, and JWTs whose `iat` is at most ' +
      'JWT_CLOCK_TOLERANCE_S in the future. JWTs without `iat` stay revoked. Configured keys have no date of issue: remove ' +
      'them from the configuration, or revoke them by id. Audited as `token_revoked`. Rejected if no credential with the ' +
      'capability `manage` would remain.',
    args: { input: t.arg({ type: RevokeTokensInput, required: true, description: 'The subject.' }) },
    errors: revocationResult,
    resolve(_root, { input: { subject } }, context): Promise<StoredRevocation> {
      if (!isSubject(subject)) throw new InvalidInput('subject', subjectRule);
      return revoke(context, 'subject', subject);
    },
  }),
);

interface RenewedCredential {
  readonly role: string | null;
  readonly expiresAt: number | null;
}

export const RenewedCredentialType = builder.objectRef<RenewedCredential>('RenewedCredential').implement({
  description: 'The credential that a connection uses after `renewToken`.',
  fields: (t) =>
    exposedFields(t, {
      role: named('roleId', nullable.id('Role in the credential. Null if it contains none.')),
      expiresAt: nullable.dateTime('When the credential expires. Null if it does not expire.'),
    }),
});

const RenewTokenInput = builder.inputType('RenewTokenInput', {
  description: 'The credential that replaces the present one.',
  fields: (t) => ({
    token: t.string({
      required: true,
      bounds: { chars: tokenCharsMax },
      description: 'The new token. It is never logged or returned.',
    }),
  }),
});

/** A token with which a connection cannot continue. */
class CredentialRejected extends AppError {}

builder.objectType(CredentialRejected, {
  name: 'CredentialRejected',
  description:
    'The new token is not valid (code `AUTHENTICATION_FAILED`), or belongs to another subject (code `FORBIDDEN`). The ' +
    'connection keeps its credential.',
  interfaces: [Failure],
  isTypeOf: (error) => error instanceof CredentialRejected,
});

builder.mutationField('renewToken', (t) =>
  t.field({
    type: RenewedCredentialType,
    requires: 'credential',
    description:
      'Replaces the credential of this WebSocket connection, before it expires, by another one of the same subject. ' +
      'Subscriptions that the new credential allows continue without a gap. Fails with the error BAD_USER_INPUT if the ' +
      'request was not sent over a WebSocket.',
    args: { input: t.arg({ type: RenewTokenInput, required: true, description: 'The new token.' }) },
    errors: {
      types: [CredentialRejected, InvalidInput],
      dataField: { name: 'credential', description: 'The credential that the connection uses now.' },
      result: { description: 'The connection uses the new credential.' },
    },
    async resolve(_root, { input: { token } }, { viewer }): Promise<RenewedCredential> {
      const { credential } = viewer;
      if (credential === undefined) throw new AppError('AUTHENTICATION_FAILED', 'A credential is needed.');
      try {
        await credential.renew(token);
      } catch (error) {
        throw isRejection(error) ? new CredentialRejected(error.code, error.message) : error;
      }
      return { role: viewer.role, expiresAt: credential.expiresAt };
    },
  }),
);

function isRejection(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'AUTHENTICATION_FAILED' || error.code === 'FORBIDDEN');
}
