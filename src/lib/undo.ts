/** Takes back one step of building. */
export type Undo = () => unknown;

/** Takes back what was built, the newest first. A step that fails is told of, and the others follow. */
export async function undoAll(undo: Undo[], failed: (error: unknown) => void): Promise<void> {
  for (const step of undo.reverse())
    try {
      await step();
    } catch (error) {
      failed(error);
    }
}
