import * as vscode from 'vscode';
import { extensionId } from '../../vscode/extensionId';

describe('The extension in a web worker', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension?.activate();
    if (extension?.isActive !== true) throw new Error('It is not active.');
  });
});
