import * as vscode from 'vscode';
import { stringifyJson } from '../dashly/json';
import { registerCommand } from '../editor/commands';
import type { Log } from '../editor/errors';
import { LazyRoom } from '../editor/lazyRoom';
import type { CurrentLeads } from '../leads/currentLeads';
import { Disposables } from '../leads/event';
import type { Masking } from '../leads/masking';
import { describeSelection } from '../leads/queryWords';
import { curlCommand } from './curl';
import type { SavedView, SavedViews, ViewScope } from './savedViews';
import { registerSortCommand } from './sortCommand';
import { builtInViews, CurrentView, type View, viewNameProblem, viewToJson } from './view';
import { pickView, shownView } from './viewPick';
import { askModally, setStatusBarMessage, showInformationMessage, showInputBox, showQuickPick } from '../editor/window';

/** What the commands need. */
export interface ViewCommandParts {
  readonly current: CurrentLeads;
  readonly currentView: CurrentView;
  readonly saved: SavedViews;
  readonly masking: Masking;
  readonly log: Log;
}

/** The commands about views: switch, save, rename, delete, copy. */
export class ViewCommands implements vscode.Disposable {
  private readonly parts = new Disposables();

  private readonly current: CurrentLeads;
  private readonly currentView: CurrentView;
  private readonly saved: SavedViews;
  private readonly masking: Masking;

  constructor({ current, currentView, saved, masking, log }: ViewCommandParts) {
    this.current = current;
    this.currentView = currentView;
    this.saved = saved;
    this.masking = masking;
    const commands: Record<string, () => unknown> = {
      switchView: () => this.switch(),
      saveView: () => this.save(),
      renameView: () => this.withSaved('Rename which view?', (view) => this.rename(view)),
      deleteView: () => this.withSaved('Delete which view?', (view) => this.remove(view)),
      copyViewAsJson: () => this.copyJson(),
      copyViewAsCurl: () => this.copyCurl(this.shown()),
      showAllLeads: () => currentView.show(builtInViews(new Date())[0] ?? { name: 'All leads' }),
    };
    for (const [name, run] of Object.entries(commands)) this.parts.add(registerCommand(log, name, run));
    this.parts.add(registerSortCommand(current, log));
    this.parts.add(saved);
  }

  dispose(): void {
    this.parts.dispose();
  }

  private async switch(): Promise<void> {
    const builtIn = builtInViews(new Date());
    const saved = this.saved.all();
    const views = [...builtIn, ...saved.map(({ view }) => view)];
    const act = await pickView({
      builtIn,
      saved,
      shown: shownView(views, this.shown(), this.currentView.name),
      masking: this.masking,
      count: (view, signal) => this.count(view, signal),
      show: (view) => this.show(view),
      rename: (view) => this.rename(view),
      remove: (view) => this.remove(view),
      copyCurl: (view) => this.copyCurl(view),
    });
    await act?.();
  }

  private async show(view: View): Promise<void> {
    this.currentView.show(view);
    await vscode.commands.executeCommand('dashlyLeads.leads.focus');
  }

  /** What is looked at, as a view. */
  private shown(): View {
    return { ...this.current.query, name: this.currentView.name ?? '' };
  }

  private async count({ filters, presence }: View, signal: AbortSignal): Promise<string> {
    const { connection, list } = this.current;
    if (presence) {
      const leads = list?.leads ?? [];
      return `${leads.filter((lead) => presence.includes(lead.presence)).length} of ${leads.length} loaded`;
    }
    const count = (await connection?.client.countLeads(filters, signal)) ?? 0;
    return count.toLocaleString('en');
  }

  private async save(): Promise<void> {
    const saved = this.saved.all();
    const name = await showInputBox({
      title: 'Save View',
      prompt: `A name for: ${describeSelection(this.current.query, this.masking) ?? 'all leads'}`,
      value: this.currentView.name ?? '',
      ignoreFocusOut: true,
      validateInput: (text) =>
        nameComment(
          text,
          saved.map(({ view }) => view),
        ),
    });
    if (name === undefined) return;
    const scope = this.saved.hasWorkspace ? await pickScope() : 'user';
    if (!scope) return;
    const view = { ...this.current.query, name: name.trim() };
    await this.saved.save(view, scope);
    this.currentView.called(view);
    void showInformationMessage(`View “${view.name}” saved in the ${scope} settings.`);
  }

  private async rename(saved: SavedView): Promise<void> {
    const others = this.saved.all().filter(({ view, scope }) => scope === saved.scope && view.name !== saved.view.name);
    const name = await showInputBox({
      title: 'Rename View',
      value: saved.view.name,
      ignoreFocusOut: true,
      validateInput: (text) =>
        viewNameProblem(text) ??
        (others.some(({ view }) => view.name === text.trim()) ? 'Another view has this name.' : undefined),
    });
    if (name === undefined || name.trim() === saved.view.name) return;
    const wasShown = this.currentView.name === saved.view.name;
    await this.saved.rename(saved, name.trim());
    if (wasShown) this.currentView.called({ ...saved.view, name: name.trim() });
  }

  private async remove(saved: SavedView): Promise<void> {
    const remove = 'Delete';
    const question = `Delete the view “${this.masking.text(saved.view.name)}” from the ${saved.scope} settings?`;
    const answer = await askModally(question, 'The leads themselves are not touched.', remove);
    if (answer === remove) await this.saved.remove(saved);
  }

  private async withSaved(title: string, run: (saved: SavedView) => unknown): Promise<void> {
    const items = this.saved.all().map((saved) => ({
      label: this.masking.text(saved.view.name),
      description: saved.scope,
      detail: describeSelection(saved.view, this.masking) ?? 'All leads',
      saved,
    }));
    if (items.length === 0) {
      void showInformationMessage('No view is saved yet. Filter the leads, then run “Save View…”.');
      return;
    }
    const chosen = await showQuickPick(items, { title });
    if (chosen) await run(chosen.saved);
  }

  private async copyJson(): Promise<void> {
    const { name } = this.shown();
    await vscode.env.clipboard.writeText(
      stringifyJson(viewToJson({ ...this.shown(), name: name === '' ? 'Unnamed' : name }), 2),
    );
    setStatusBarMessage('View copied as JSON', 3000);
  }

  private async copyCurl(view: View): Promise<void> {
    const { connection } = this.current;
    if (!connection || connection.isSample) {
      void showInformationMessage('The sample app is built in and cannot be asked from a shell. Connect an app first.');
      return;
    }
    const { address, app } = connection.client;
    await vscode.env.clipboard.writeText(curlCommand(address, app, view, Date.now()));
    const note = view.presence ? ' It asks for all presences: the service cannot filter by them.' : '';
    void showInformationMessage(`curl command copied. It reads the token from the variable DASHLY_TOKEN.${note}`);
  }
}

function nameComment(text: string, views: readonly View[]): string | vscode.InputBoxValidationMessage | undefined {
  const problem = viewNameProblem(text);
  if (problem !== undefined) return problem;
  return views.some(({ name }) => name === text.trim())
    ? {
        message: 'A view of this name in the same place is replaced.',
        severity: vscode.InputBoxValidationSeverity.Info,
      }
    : undefined;
}

async function pickScope(): Promise<ViewScope | undefined> {
  const items: (vscode.QuickPickItem & { scope: ViewScope })[] = [
    { label: 'User Settings', detail: 'Only for you, in every workspace', scope: 'user' },
    {
      label: 'Workspace Settings',
      detail: 'For everybody who works on this project, through its repository',
      scope: 'workspace',
    },
  ];
  return (await showQuickPick(items, { title: 'Save View', placeHolder: 'Where is it kept?' }))?.scope;
}

/** What the views need of the rest of the extension. */
export interface ViewParts {
  readonly current: CurrentLeads;
  readonly masking: Masking;
  readonly log: Log;
}

const commands = [
  'switchView',
  'saveView',
  'renameView',
  'deleteView',
  'copyViewAsJson',
  'copyViewAsCurl',
  'showAllLeads',
  'sort',
];

/**
 * The views and the order of the leads; made once in `extension.ts`, which disposes it. The commands are read when one of
 * them runs.
 */
export class ViewRoom implements vscode.Disposable {
  private readonly owned = new Disposables();
  /** Which view is looked at: the tree says so. */
  readonly view: CurrentView;

  constructor({ current, masking, log }: ViewParts) {
    this.view = this.owned.add(new CurrentView(current));
    this.owned.add(
      new LazyRoom(log, commands, async () => {
        const [{ ViewCommands }, { SavedViews }] = await Promise.all([import('./index'), import('./savedViews')]);
        return () => new ViewCommands({ current, currentView: this.view, saved: new SavedViews(log), masking, log });
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }
}
