import { createOpaque, createTokenId, digestOf } from '../../auth/opaque.ts';
import { isSubject, subjectRule } from '../../auth/subject.ts';
import { builder } from '../../graph/builder.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { ownAudit } from '../governance/events.ts';
import { requireManageable } from '../governance/manageable.graph.ts';
import { rolesIn } from '../governance/roles.graph.ts';
import { readToken, storeRevocation, storeToken, targetOf, type TokenRecord } from './store.ts';
import { Token } from './tokens.graph.ts';

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
      const id = createTokenId('tok');
      const { value } = await journal.log.transact(async (db) => {
        const made = { id, subject, role, name, expiresAt, parentId: null, createdBy: viewer.subject };
        const value = await storeToken(db, { ...made, kind: 'API', digest: digestOf(secret) });
        const details = JSON.stringify({ subject, name, expiresAt });
        const done = { targetId: id, role, action: 'created token', details };
        return { value, drafts: [ownAudit('token_created', viewer.subject, done)] };
      });
      return { ...value, secret };
    },
  }),
);

interface RevocationView {
  readonly target: string;
  readonly at: Date;
}

const Revocation = builder.objectRef<RevocationView>('Revocation').implement({
  description: 'What no longer holds.',
  fields: (t) => ({
    target: t.exposeID('target', { description: 'The credential’s id, or the subject.' }),
    revokedAt: t.field({ type: 'DateTime', description: 'Since when.', resolve: ({ at }) => at }),
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
    async resolve(_root, { id }, { journal, viewer, facts }): Promise<RevocationView> {
      if (/\p{Cc}/u.test(id)) throw new InvalidInput('id', 'the id of a credential');
      const { value } = await journal.log.transact(async (db) => {
        const token = await readToken(db, id);
        if (token === null && !/^(jwt:.|key:[0-9a-f]{16}$)/.test(id)) throw new NotFound('token', id);
        const until = token?.expiresAt ?? null;
        const { revokedAt } = await storeRevocation(db, {
          target: targetOf({ id }),
          by: viewer.subject,
          until,
        });
        await requireManageable(db, { viewer, facts }, 'id');
        const details = token === null ? null : JSON.stringify({ subject: token.subject, name: token.name });
        const done = { targetId: id, role: token?.role ?? null, action: 'revoked token', details };
        return { value: revokedAt, drafts: [ownAudit('token_revoked', viewer.subject, done)] };
      });
      return { target: id, at: value };
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
    async resolve(_root, { subject }, { journal, viewer, facts }): Promise<RevocationView> {
      if (!isSubject(subject)) throw new InvalidInput('subject', subjectRule);
      const { value } = await journal.log.transact(async (db) => {
        const target = targetOf({ subject });
        const { revokedAt } = await storeRevocation(db, { target, by: viewer.subject, until: null });
        await requireManageable(db, { viewer, facts }, 'subject');
        const done = { targetId: subject, action: 'revoked every token of a subject' };
        return { value: revokedAt, drafts: [ownAudit('token_revoked', viewer.subject, done)] };
      });
      return { target: subject, at: value };
    },
  }),
);
