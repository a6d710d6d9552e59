import { runDemo } from '../demo/demo.ts';
import { UsageError } from './command.ts';

interface Values {
  readonly url: string;
  readonly token: string | undefined;
  readonly once: boolean;
}

/** The command `opsgraph demo`. */
export async function demo({ url, token, once }: Values): Promise<number> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new UsageError(
      `--url must be a URL that starts with http:// or https://, got ${JSON.stringify(url)}.`,
    );
  return runDemo({ url: new URL(url), token: token ?? null, once });
}
