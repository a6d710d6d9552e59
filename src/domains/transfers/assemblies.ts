import { Assembly } from './assembly.ts';

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
