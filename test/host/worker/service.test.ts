import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ActivatedParts } from '../../../src/parts';
import { waitUntil } from '../../vscode/condition';
import { activatedParts } from '../helpers/activatedParts';
import type { WorkerServices } from '../helpers/workerServices';

/** What the runner serves meanwhile: `test/host/bundle.ts` puts it in. */
declare const workerServices: WorkerServices;

describe('A service in a web worker', () => {
  let parts: ActivatedParts;
  before(async () => {
    parts = await activatedParts();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await activatedParts();
  });

  /** Connects the app and looks at its list. */
  async function connect(service: keyof WorkerServices): Promise<void> {
    const { address, token } = workerServices[service];
    await parts.store.add({ address, app: '$self_app', name: service }, token);
    await waitUntil('its leads are those of the list', () => parts.current.connection?.client.address === address);
    await vscode.commands.executeCommand('dashlyLeads.leads.focus');
    await waitUntil('the first page is read or failed', () => /ready|failed/.test(parts.current.list?.state ?? ''));
  }

  /** Checks the connection, until the text of what came of it holds all of this. */
  async function check(...lines: RegExp[]): Promise<string> {
    await vscode.commands.executeCommand('dashlyLeads.checkConnection');
    const text = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';
    return waitUntil(`the report holds ${lines.join(' and ')}`, () => {
      if (lines.every((line) => line.test(text()))) return text();
      throw new Error(text());
    });
  }

  it('that permits web pages gives its leads', async () => {
    await connect('permitting');
    assert.equal(parts.current.list?.error, undefined);
    assert.equal(parts.current.list?.leads.length, 50);
    await check(/Connected +ok +by the browser/, /Leads counted +ok +200 leads/);
  });

  it('that does not is told from one that cannot be reached, and what to do instead', async () => {
    await connect('silent');
    assert.match(String(parts.current.list?.error), /permit web pages .*CORS.* VS Code on the desktop/);
    assert.doesNotMatch(await check(/Connected +ok/, /HTTP +FAILED +browser/, /CORS/), /check .*prox/i);
  });
});
