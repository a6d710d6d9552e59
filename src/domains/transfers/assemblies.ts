import type { Share } from '../../lib/memory-budget.ts';
import { Assembly, assemblyBounds } from './assembly.ts';

const assemblies = new WeakMap<object, Assembly>();

/** What one server is putting together; a process may hold several servers. @param server its log, of which it has one. */
export function assemblyOf(server: object): Assembly {
  let own = assemblies.get(server);
  if (own === undefined) {
    own = new Assembly();
    assemblies.set(server, own);
  }
  return own;
}

/** The same for a server that begins, with what it may hold. Of that no subject gets more than half. */
export function beginAssembly(server: object, share: Share): Assembly {
  const { bytesMax } = share;
  const subjectBytesMax = Math.min(assemblyBounds.subjectBytesMax, Math.floor(bytesMax / 2));
  const assembly = new Assembly({ ...assemblyBounds, bytesMax, subjectBytesMax });
  share.observe(() => assembly.bytes);
  assemblies.set(server, assembly);
  return assembly;
}
