/** Joins the letters and digits of texts in camel case: `get`, `/api/agents/{agent_id}` is `getApiAgentsAgentId`. */
export function camelCase(...texts: readonly string[]): string {
  const [first = '', ...rest] = texts.flatMap((text) => text.match(/[A-Za-z0-9]+/g) ?? []);
  return first.toLowerCase() + rest.map(capitalized).join('');
}

/** Returns `JobRuns` for `jobRuns`. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
