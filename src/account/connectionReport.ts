import * as vscode from 'vscode';
import type { Parts } from '../editor/commands';
import { readSetting } from '../editor/settings';
import { showInformationMessage, withProgress } from '../editor/window';
import { checkConnection, describeProxy, networkVariablesIn, reportText, type Surroundings } from './checkConnection';

const scheme = 'dashly-leads-connection';
const uri = vscode.Uri.from({ scheme, path: '/Connection of Dashly Leads.txt' });

/** The command *Check Connection…* and its one read-only document. */
export class ConnectionReport implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private text = 'Run “Dashly Leads: Check Connection…” to see the connection of an app.\n';
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.changed.event,
    provideTextDocumentContent: () => this.text,
  });

  constructor(private readonly parts: Pick<Parts, 'context' | 'current'>) {}

  /** Checks the current app and shows what came of it. */
  async check(): Promise<void> {
    const { connection } = this.parts.current;
    if (!connection) {
      void showInformationMessage('No app is connected: connect one, then check its connection.');
      return;
    }
    const { client, isSample, name } = connection;
    const settings = vscode.workspace.getConfiguration('http');
    const variables = networkVariablesIn(typeof process === 'undefined' ? {} : process.env);
    const taken = await withProgress(`Checking the connection of ${name}`, (report, signal) =>
      checkConnection({
        address: client.address,
        isSample,
        client,
        // A proxy of the system is known to VS Code only.
        mayUseProxy: settings.get('proxySupport') !== 'off',
        timeout: readSetting('timeout') * 1000,
        signal,
        onStep: (title) => report(title, 0),
      }),
    );
    this.text = reportText(taken, this.surroundings(settings, variables));
    this.changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  dispose(): void {
    this.registered.dispose();
    this.changed.dispose();
  }

  private surroundings(settings: vscode.WorkspaceConfiguration, variables: readonly string[]): Surroundings {
    const { version } = this.parts.context.extension.packageJSON as { version: string };
    const noProxy = settings.get<unknown>('noProxy');
    return {
      'Dashly Leads': version,
      'VS Code': `${vscode.version}, ${vscode.env.uiKind === vscode.UIKind.Web ? 'in a browser' : 'on the desktop'}`,
      'Remote window': vscode.env.remoteName === undefined ? 'no' : 'yes: the remote machine connects',
      'http.proxy': describeProxy(settings.get('proxy')),
      'http.proxySupport': String(settings.get('proxySupport')),
      'http.proxyStrictSSL': String(settings.get('proxyStrictSSL')),
      'http.systemCertificates': String(settings.get('systemCertificates')),
      'http.noProxy': Array.isArray(noProxy) ? `${noProxy.length} entries` : 'not set',
      'Environment variables that are set': variables.join(', ') || 'none',
    };
  }
}
