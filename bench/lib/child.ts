import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Bundler } from './bundle.ts';
import { type Packages } from './bundle.ts';
import type { Answer, Handlers, Question } from './rpc.ts';

/** A process of the harness: a server, or a load. */
export class Child<H extends Handlers> {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #asked = 0;

  constructor(file: string) {
    this.#process = fork(file, [], {
      // What the harness collects sets V8's memory reducer going, which collects again in the middle of a round.
      execArgv: ['--expose-gc', '--no-memory-reducer'],
      env: { ...process.env, NODE_ENV: 'production', NODE_NO_WARNINGS: '1' },
    });
    this.#process.on('message', (told: Answer) => {
      const waiting = this.#waiting.get(told.id);
      this.#waiting.delete(told.id);
      if ('error' in told) waiting?.reject(new Error(told.error));
      else waiting?.resolve(told.value as never);
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

  ask<Name extends keyof H & string>(
    name: Name,
    ...[argument]: Parameters<H[Name]>
  ): Promise<Awaited<ReturnType<H[Name]>>> {
    const question: Question = { id: ++this.#asked, name, argument };
    return new Promise((resolve, reject) => {
      if (this.#process.exitCode !== null) return reject(new Error('the process has ended'));
      this.#waiting.set(question.id, { resolve, reject });
      this.#process.send(question);
    });
  }

  /** Ends it: kindly when `exit` is one of its commands that it has to tidy up with, else at once. */
  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  }
}

/** Starts the processes of a row, and ends all that are left with it. */
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

  /** Another program, for whoever starts it otherwise. */
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
