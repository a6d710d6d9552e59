/** Words that add nothing to a name. */
const fillers = new Set(
  'a an and are as at be by for from has have in is it its of on or so than that the their these this those to was were what which with'.split(
    ' ',
  ),
);

/**
 * Whether a schema description says more than the names it describes: at least one word of it appears neither in the
 * member's name nor in its type's name. `model: The model.` says nothing, `model: The name of the model.` does.
 * @param path such as `Type.field(argument)`.
 */
export function saysMoreThanName(path: string, description: string): boolean {
  const names = new Set(wordsIn(path));
  const text = description.replace(/^(?:EVERY|LATEST)\b/, '').replace(/Needs [^.]*\.$/, '');
  return wordsIn(text).some((word) => !fillers.has(word) && !names.has(word));
}

/** Lower case and singular, the parts of camel case separated. */
function wordsIn(text: string): string[] {
  const words =
    text
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.map((word) => word.replace(/(?<=\w{3})s$/, ''));
}
