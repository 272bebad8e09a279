import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedParts } from './helpers/activatedParts';
import { extensionId } from '../vscode/extensionId';

interface Manifest {
  contributes: { commands: { command: string }[]; views: Record<string, { id: string }[]> };
}

describe('The extension', () => {
  const extension = () => {
    const found = vscode.extensions.getExtension(extensionId);
    assert.ok(found, 'the extension is installed');
    return found;
  };

  it('activates', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('registers every command that it contributes', async () => {
    await extension().activate();
    const { commands } = (extension().packageJSON as Manifest).contributes;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      commands.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it('has something to do for every command that it contributes, and contributes every command that it has', async () => {
    const { features } = await activatedParts();
    const { commands } = (extension().packageJSON as Manifest).contributes;
    assert.deepEqual(
      Object.keys((await features()).commands).sort(),
      commands.map(({ command }) => command.replace(/^dashlyLeads\./, '')).sort(),
    );
  });

  it('has views that can be focused', async () => {
    const views = Object.values((extension().packageJSON as Manifest).contributes.views).flat();
    assert.notEqual(views.length, 0);
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { id } of views) assert.ok(registered.has(`${id}.focus`), id);
  });
});
