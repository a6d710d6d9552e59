import { signal } from '@preact/signals';
import { overall } from '../data/overall.ts';

const problem = signal<string | null>(null);
const busy = signal(false);

/** Begins a session with a credential. The server answers with a cookie that scripts cannot read. */
async function logIn(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const field = (event.currentTarget as HTMLFormElement).elements.namedItem('token') as HTMLInputElement;
  busy.value = true;
  problem.value = null;
  try {
    const response = await fetch('auth/session', {
      method: 'POST',
      headers: { authorization: `Bearer ${field.value.trim()}` },
    });
    if (response.ok) return location.reload();
    const body = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
    problem.value = body.error?.message ?? `The server answered ${response.status}.`;
    field.select();
  } catch {
    problem.value = 'The server cannot be reached.';
  }
  busy.value = false;
}

export function Login() {
  return (
    <main class="login">
      <form onSubmit={(event) => void logIn(event)}>
        <h1>opsgraph</h1>
        <p>This server requires a credential: an API key or a token.</p>
        <label>
          Credential
          <input type="password" name="token" required autocomplete="current-password" autofocus />
        </label>
        {problem.value === null ? null : (
          <p class="note note-critical" role="alert">
            {problem.value}
          </p>
        )}
        <button disabled={busy.value}>Log in</button>
        <p class="hint">
          <code>npm run token -- --help</code> creates one. The browser keeps a session of at most 8 hours,
          not the credential.
        </p>
      </form>
    </main>
  );
}

/** Who is logged in, and the way out. */
export function ViewerButton() {
  const viewer = overall.value.value?.viewer;
  if (viewer === null || viewer === undefined || !viewer.authenticated) return null;
  return (
    <button
      type="button"
      title={`Logged in as ${viewer.subject}`}
      onClick={() => void fetch('auth/session', { method: 'DELETE' }).then(() => location.reload())}
    >
      {viewer.subject}: log out
    </button>
  );
}
