import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { runsInNode } from '../dashly/platform';
import { askToConnect, type Parts } from '../editor/commands';
import { readSetting } from '../editor/settings';
import { withProgress } from '../editor/window';
import { plural } from '../language';
import { checkConnection } from './checkConnection';
import { reportText, type Surroundings } from './connectionReport';
import { describeProxy, type NetworkSettings, networkVariablesIn, routeTo } from './networkSettings';

const scheme = 'dashly-leads-connection';
const uri = vscode.Uri.from({ scheme, path: `/${l10n.t('Connection of Dashly Leads')}.txt` });

/** The command *Check Connection…* and its one read-only document. */
export class ConnectionDocument implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly ending = new AbortController();
  private text = `${l10n.t('Run “Dashly Leads: Check Connection…” to see the connection of an app.')}\n`;
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.changed.event,
    provideTextDocumentContent: () => this.text,
  });

  constructor(private readonly parts: Pick<Parts, 'context' | 'current'>) {}

  /** Checks the current app and shows what came of it. */
  async check(): Promise<void> {
    const { connection } = this.parts.current;
    if (!connection) {
      askToConnect(l10n.t('Connect an app to check its connection.'));
      return;
    }
    const { client, isSample, name } = connection;
    const settings = networkSettings();
    const taken = await withProgress(l10n.t('Checking the connection of {0}', name), (report, signal) =>
      checkConnection({
        address: client.address,
        isSample,
        client,
        route: runsInNode() ? routeTo(client.address, settings) : 'browser',
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
    const isRemote = runsInNode() && vscode.env.remoteName !== undefined;
    return {
      'Dashly Leads': version,
      'VS Code': `${vscode.version}, ${vscode.env.uiKind === vscode.UIKind.Web ? l10n.t('in a browser') : l10n.t('on the desktop')}`,
      [l10n.t('Remote window')]: isRemote ? l10n.t('yes: the remote machine connects') : l10n.t('no'),
      'http.proxy': describeProxy(proxy),
      'http.proxySupport': String(proxySupport),
      'http.proxyStrictSSL': l10n.t(
        '{0} (VS Code does not apply it to extensions)',
        String(http.get('proxyStrictSSL')),
      ),
      'http.systemCertificates': String(http.get('systemCertificates')),
      'http.noProxy': Array.isArray(noProxy)
        ? plural(noProxy.length, l10n.t('{0} entry|{0} entries'))
        : l10n.t('not set'),
      [l10n.t('Environment variables that are set')]: networkVariablesIn(environment).join(', ') || l10n.t('none'),
    };
  }
}

function networkSettings(): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  return {
    proxySupport: http.get('proxySupport'),
    proxy: http.get('proxy'),
    noProxy: http.get('noProxy'),
    environment: runsInNode() ? process.env : {},
  };
}
