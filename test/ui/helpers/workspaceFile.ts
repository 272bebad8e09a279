import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes a workspace of two folders.
 * @param settings those of the workspace itself, and of the first folder
 * @returns the path of its `.code-workspace`
 */
export async function makeWorkspaceFile(settings: { workspace: object; folder: object }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-workspace-'));
  await mkdir(join(folder, 'one/.vscode'), { recursive: true });
  await mkdir(join(folder, 'other'));
  await writeFile(join(folder, 'one/.vscode/settings.json'), JSON.stringify(settings.folder));
  const file = join(folder, 'team.code-workspace');
  const folders = [{ path: 'one' }, { path: 'other' }];
  await writeFile(file, JSON.stringify({ folders, settings: settings.workspace }));
  return file;
}
