/** Joins the letters and digits of texts in camel case: `get`, `/api/agents/{agent_id}` is `getApiAgentsAgentId`. */
export function camelCase(...texts: readonly string[]): string {
  const [first = '', ...rest] = texts.flatMap((text) => text.match(/[A-Za-z0-9]+/g) ?? []);
  return first.toLowerCase() + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
