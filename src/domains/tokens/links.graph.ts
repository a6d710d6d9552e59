import { connectionLink, nodeLink } from '../../graph/links.ts';
import { Role } from '../governance/roles.graph.ts';
import { Token, tokens } from './graph.ts';

nodeLink(Token, 'role', {
  to: Role,
  description: 'The role in the credential. Null if it no longer exists.',
  key: ({ role }) => role,
});

connectionLink(Role, 'tokens', tokens, {
  description: 'The tokens and sessions with the role, newest first.',
  of: ({ roleId }) => ({ roleId }),
});
