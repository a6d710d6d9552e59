import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Bundler } from './bundle.ts';
import { type Packages } from './bundle.ts';
import type { RpcResponse, Handlers, RpcRequest } from './rpc.ts';

/** A child process of the benchmark: a server or a load generator. Its functions are called over IPC. */
export class Child<H extends Handlers> {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #calls = 0;

  constructor(file: string) {
    this.#process = fork(file, [], {
      // A requested garbage collection starts V8's memory reducer, which would collect again in the middle of a round.
      execArgv: ['--expose-gc', '--no-memory-reducer'],
      env: { ...process.env, NODE_ENV: 'production', NODE_NO_WARNINGS: '1' },
    });
    this.#process.on('message', (response: RpcResponse) => {
      const waiting = this.#waiting.get(response.id);
      this.#waiting.delete(response.id);
      if ('error' in response) waiting?.reject(new Error(response.error));
      else waiting?.resolve(response.value as never);
    });
    this.#process.on('exit', (code, signal) => {
      const error = new Error(`${file} ended: ${signal ?? code}`);
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  call<Name extends keyof H & string>(
    name: Name,
    ...[argument]: Parameters<H[Name]>
  ): Promise<Awaited<ReturnType<H[Name]>>> {
    const request: RpcRequest = { id: ++this.#calls, name, argument };
    return new Promise((resolve, reject) => {
      if (this.#process.exitCode !== null) return reject(new Error('the process has ended'));
      this.#waiting.set(request.id, { resolve, reject });
      this.#process.send(request);
    });
  }

  /** Ends the process: it exits when its IPC channel closes, and is killed after 10 s. */
  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  }
}

/** Starts the processes of a row. Disposing it ends those that are still running. */
export class Stage implements AsyncDisposable {
  readonly #bundler: Bundler;
  readonly #children = new Set<Child<Handlers>>();

  constructor(bundler: Bundler) {
    this.#bundler = bundler;
  }

  async start<H extends Handlers>(entry: string, packages: Packages): Promise<Child<H>> {
    const child = new Child<H>(await this.#bundler.make(entry, packages));
    this.#children.add(child);
    return child;
  }

  /** The path of a bundled program, for a row that starts it without IPC. */
  program(entry: string, packages: Packages): Promise<string> {
    return this.#bundler.make(entry, packages);
  }

  async endAll(): Promise<void> {
    const children = [...this.#children];
    this.#children.clear();
    await Promise.all(children.map((child) => child.end()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.endAll();
  }
}
