import { connectionLink, nodeLink } from '../../graph/links.ts';
import { auditLogs } from '../governance/audit.graph.ts';
import { Role } from '../governance/roles.graph.ts';
import { ViewerType } from '../server/graph.ts';
import { RenewedCredentialType, Token, tokens } from './graph.ts';

nodeLink(Token, 'role', {
  to: Role,
  description: 'The role in the credential. Null if it no longer exists.',
  key: ({ role }) => role,
});

nodeLink(RenewedCredentialType, 'role', {
  to: Role,
  description: 'The role in the credential. Null if it contains none, or if the role does not exist.',
  key: ({ role }) => role,
});

nodeLink(ViewerType, 'token', {
  to: Token,
  description:
    'The token or session that is the credential. Null without a credential, and for a configured key or a JWT, which ' +
    'this server did not issue.',
  key: ({ credential }) => credential?.id ?? null,
});

connectionLink(Role, 'tokens', tokens, {
  description: 'The tokens and sessions with the role, newest first.',
  of: ({ roleId }) => ({ roleId }),
});

connectionLink(Token, 'events', auditLogs, {
  description:
    'The entries of the audit log whose target is the token or session, most recent first: its creation, its revocation ' +
    'and the end of the session, but not a revocation of all credentials of its subject. Source: the table audit_log.',
  of: ({ id: targetId }) => ({ targetId }),
});

nodeLink(Token, 'parent', {
  to: Token,
  description:
    'The token with which the session was started. Null for an API token, for a session of another credential, and if ' +
    'the token is no longer retained.',
  key: ({ parentId }) => parentId,
});
