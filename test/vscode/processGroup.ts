import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { slowness } from './timeLimit';

/** The groups that run at this moment: none may outlive the process that started it. */
const running = new Set<ProcessGroup>();

process.once('exit', () => {
  for (const group of running) group.signal('SIGKILL');
});

/**
 * Makes Ctrl+C and a termination end this process by way of its `exit` event: without a handler Node.js would end at
 * once and leave the started groups behind.
 */
export function endGroupsOnSignals(): void {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGHUP', () => process.exit(129));
}

/** A program with everything that it starts itself: ended together. */
export class ProcessGroup {
  readonly #child: ChildProcess;
  #output = '';
  readonly #ended: Promise<number | null>;

  /** @param onOutput gets what the program writes to its standard output and error, as it comes. */
  constructor(program: string, args: string[], environment: NodeJS.ProcessEnv, onOutput?: (text: string) => void) {
    this.#child = spawn(program, args, {
      detached: true,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // On Windows npm is a script, which only a shell can start.
      shell: process.platform === 'win32' && program === 'npm',
    });
    running.add(this);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        onOutput?.(text);
      });
    }
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#output += error.message;
        running.delete(this);
        resolve(null);
      });
      this.#child.once('exit', (code) => {
        running.delete(this);
        resolve(code);
      });
    });
  }

  /** Everything that the program has written until now. */
  get output(): string {
    return this.#output;
  }

  /** The exit code; null when a signal ended the program or it could not be started. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  /** Lets the program, and what it starts from now on, compute only when nothing else wants to. */
  yieldToOthers(): void {
    if (this.#child.pid !== undefined) setPriority(this.#child.pid, constants.priority.PRIORITY_LOW);
  }

  /** Sends a signal to the program and to all that it started. */
  signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? this.#child.pid : -this.#child.pid, signal);
    } catch {
      // The group has ended already.
    }
  }

  /** The ids of those of its processes whose command line matches. Linux only. */
  processes(commandLine: RegExp): number[] {
    return readdirSync('/proc').flatMap((id) => {
      if (!/^\d+$/.test(id)) return [];
      try {
        // The name, in brackets, may hold anything; its group is the third word behind it.
        const group = readFileSync(`/proc/${id}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')[2];
        const isMine = Number(group) === this.#child.pid;
        return isMine && commandLine.test(readFileSync(`/proc/${id}/cmdline`, 'utf8')) ? [Number(id)] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  }

  /** Ends the group: politely first, by force after three seconds. */
  async stop(): Promise<void> {
    this.signal('SIGTERM');
    const stopped = await Promise.race([this.#ended.then(() => true), delay(3000, false, { ref: false })]);
    if (!stopped) {
      this.signal('SIGKILL');
      await this.#ended;
    }
  }

  /**
   * Waits until the output matches.
   *
   * @param milliseconds how long to wait at most on an idle machine.
   * @throws Error with the output, when the program ends or the time is over before it matches.
   */
  async waitForOutput(pattern: RegExp, milliseconds: number): Promise<RegExpExecArray> {
    const deadline = Date.now() + milliseconds * slowness();
    for (;;) {
      // Asked first: what came just before the end is in the output then.
      const ended = !running.has(this);
      const match = pattern.exec(this.#output);
      if (match) return match;
      if (ended || Date.now() > deadline) {
        throw new Error(
          `${ended ? 'The program ended early' : 'The program did not answer in time'}:\n${this.#output}`,
        );
      }
      await delay(20);
    }
  }
}
