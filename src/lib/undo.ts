/** Reverts one step of building. */
export type Undo = () => unknown;

/** Reverts steps, the latest first. A step that fails is reported, and the others follow. */
export async function undoAll(undo: Undo[], failed: (error: unknown) => void): Promise<void> {
  for (const step of undo.reverse())
    try {
      await step();
    } catch (error) {
      failed(error);
    }
}
