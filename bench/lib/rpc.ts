/** Questions from the parent process to a child, and their answers: one at a time or many at once. */

export type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

/** In the child: answers the parent until the parent is gone. */
export function answer(handlers: Handlers): void {
  process.on('message', ({ id, name, argument }: Question) => {
    void reply(id, async () => {
      const handler = handlers[name] as ((argument: unknown) => unknown) | undefined;
      if (handler === undefined) throw new Error(`there is no command ${name}`);
      return handler(argument);
    });
  });
  process.on('disconnect', () => process.exit(0));
}

async function reply(id: number, work: () => Promise<unknown>): Promise<void> {
  let told: Answer;
  try {
    told = { id, value: await work() };
  } catch (error) {
    told = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(told);
}
