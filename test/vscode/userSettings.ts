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
    const text = JSON.stringify({ ...(await this.read()), ...values }, null, 2);
    // Renamed into place: VS Code must not read half a file.
    await writeFile(`${this.#file}.new`, text);
    await rename(`${this.#file}.new`, this.#file);
  }
}
