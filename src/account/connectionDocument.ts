import * as vscode from 'vscode';
import type { Parts } from '../editor/commands';
import { readSetting } from '../editor/settings';
import { showInformationMessage, withProgress } from '../editor/window';
import { checkConnection } from './checkConnection';
import { reportText, type Surroundings } from './connectionReport';
import { describeProxy, type NetworkSettings, networkVariablesIn, routeTo } from './networkSettings';

const scheme = 'dashly-leads-connection';
const uri = vscode.Uri.from({ scheme, path: '/Connection of Dashly Leads.txt' });

/** The command *Check Connection…* and its one read-only document. */
export class ConnectionDocument implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly ending = new AbortController();
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
    const settings = networkSettings();
    const taken = await withProgress(`Checking the connection of ${name}`, (report, signal) =>
      checkConnection({
        address: client.address,
        isSample,
        client,
        // In a web worker the browser connects, and VS Code's settings say nothing of it.
        route: typeof process === 'undefined' ? 'system' : routeTo(client.address, settings),
        timeout: readSetting('timeout') * 1000,
        signal: AbortSignal.any([signal, this.ending.signal]),
        onStep: (title) => report(title, 0),
      }),
    );
    this.text = reportText(taken, this.surroundings(settings));
    this.changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  dispose(): void {
    this.ending.abort();
    this.registered.dispose();
    this.changed.dispose();
  }

  private surroundings({ proxy, proxySupport, noProxy, environment }: NetworkSettings): Surroundings {
    const { version } = this.parts.context.extension.packageJSON as { version: string };
    const http = vscode.workspace.getConfiguration('http');
    return {
      'Dashly Leads': version,
      'VS Code': `${vscode.version}, ${vscode.env.uiKind === vscode.UIKind.Web ? 'in a browser' : 'on the desktop'}`,
      'Remote window': vscode.env.remoteName === undefined ? 'no' : 'yes: the remote machine connects',
      'http.proxy': describeProxy(proxy),
      'http.proxySupport': String(proxySupport),
      'http.proxyStrictSSL': `${String(http.get('proxyStrictSSL'))} (VS Code does not apply it to extensions)`,
      'http.systemCertificates': String(http.get('systemCertificates')),
      'http.noProxy': Array.isArray(noProxy) ? `${noProxy.length} entries` : 'not set',
      'Environment variables that are set': networkVariablesIn(environment).join(', ') || 'none',
    };
  }
}

function networkSettings(): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  return {
    proxySupport: http.get('proxySupport'),
    proxy: http.get('proxy'),
    noProxy: http.get('noProxy'),
    environment: typeof process === 'undefined' ? {} : process.env,
  };
}
