/** `npm run l10n`: brings the Russian texts up to the code, and says which are still to be written. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../vscode/folders';
import { readTexts, russianFile, textsOfCode } from './texts';

async function main(): Promise<void> {
  const known = readTexts(russianFile);
  const keys = await textsOfCode();
  const texts = Object.fromEntries(keys.map((key) => [key, known[key] ?? '']));
  await writeFile(join(projectFolder, russianFile), `${JSON.stringify(texts, null, 2)}\n`);
  const missing = keys.filter((key) => texts[key] === '');
  for (const key of missing) console.log(`To be translated: ${JSON.stringify(key)}`);
  const dropped = Object.keys(known).filter((key) => !(key in texts)).length;
  console.log(`${russianFile}: ${keys.length} texts, ${missing.length} to be translated, ${dropped} no longer used`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
