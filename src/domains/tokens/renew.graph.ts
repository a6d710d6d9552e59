import { tokenCharsMax } from '../../auth/authenticate.ts';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';

interface Renewed {
  readonly role: string | null;
  readonly expiresAt: number | null;
}

const RenewedCredential = builder.objectRef<Renewed>('RenewedCredential').implement({
  description: 'The credential by which a connection is open from now on.',
  fields: (t) => ({
    role: t.exposeID('role', { nullable: true, description: 'The role that it names.' }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when; null: until it is revoked.',
      resolve: ({ expiresAt }) => (expiresAt === null ? null : new Date(expiresAt)),
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
