import * as vscode from 'vscode';

describe('The extension in a web worker', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension('dashly-leads.dashly-leads');
    await extension?.activate();
    if (extension?.isActive !== true) throw new Error('It is not active.');
  });
});
