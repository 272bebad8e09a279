import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The user settings of a running server: a change takes effect in all its windows. */
export class UserSettings {
  readonly #file: string;

  /** @param home the server's folder of user data. */
  constructor(home: string) {
    this.#file = join(home, 'User/settings.json');
  }

  async read(): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(this.#file, 'utf8')) as Record<string, unknown>;
  }

  /** Changes some settings; `undefined` removes one. */
  async change(values: Readonly<Record<string, unknown>>): Promise<void> {
    await this.replace({ ...(await this.read()), ...values });
  }

  /** Puts these settings in place of all that are there. */
  async replace(values: Readonly<Record<string, unknown>>): Promise<void> {
    // Renamed into place: VS Code must not read half a file.
    await writeFile(`${this.#file}.new`, `${JSON.stringify(values, null, 2)}\n`);
    await rename(`${this.#file}.new`, this.#file);
  }
}
