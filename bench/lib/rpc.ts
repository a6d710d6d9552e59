/** Calls from the parent process to a child over IPC, any number at the same time. */

export type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

export interface RpcRequest {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

export type RpcResponse =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

/** In the child: handles the calls of the parent, and exits when the parent disconnects. */
export function handleRequests(handlers: Handlers): void {
  process.on('message', ({ id, name, argument }: RpcRequest) => {
    void reply(id, async () => {
      const handler = handlers[name] as ((argument: unknown) => unknown) | undefined;
      if (handler === undefined) throw new Error(`there is no command ${name}`);
      return handler(argument);
    });
  });
  process.on('disconnect', () => process.exit(0));
}

async function reply(id: number, work: () => Promise<unknown>): Promise<void> {
  let response: RpcResponse;
  try {
    response = { id, value: await work() };
  } catch (error) {
    response = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(response);
}
