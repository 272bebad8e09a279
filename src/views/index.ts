import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { stringifyJson } from '../dashly/jsonWriter';
import { type Command, type Feature, type Parts, showLeadsView } from '../editor/commands';
import { readSetting } from '../editor/settings';
import { shownTimeZone } from '../editor/timeZone';
import type { CurrentLeads } from '../leads/currentLeads';
import type { Masking } from '../leads/masking';
import { describeSelection, holdsContacts } from '../leads/queryWords';
import { curlCommand } from '../dashly/listRequest';
import { type SavedView, SavedViews } from './savedViews';
import { askForPart, isSegment, segmentView } from './segments';
import { sortLeads } from './sortCommand';
import { allLeads, builtInViews, type CurrentView, shownName, type View, viewNameProblem, viewToJson } from './view';
import { pickView, shownView } from './viewPick';
import { grouped } from '../language';
import { singleLine } from '../leads/text';
import {
  askModally,
  confirmRealData,
  setStatusBarMessage,
  showInformationMessage,
  showInputBox,
  showQuickPick,
} from '../editor/window';

/** Views and the order of the leads. */
export function views(parts: Parts, currentView: CurrentView) {
  const saved = new SavedViews(parts.log);
  const actions = new ViewActions(parts, currentView, saved);
  const commands = {
    switchView: () => actions.switch(),
    saveView: () => actions.save(),
    renameView: () => actions.withSaved(l10n.t('Rename which view?'), (view) => actions.rename(view)),
    deleteView: () => actions.withSaved(l10n.t('Delete which view?'), (view) => actions.remove(view)),
    copyViewAsJson: () => actions.copyJson(),
    copyViewAsCurl: () => actions.copyCurl(),
    showAllLeads: () => currentView.show(allLeads),
    sort: () => sortLeads(parts),
    showSegment: (segment) => actions.showSegment(segment),
  } satisfies Record<string, Command>;
  return { commands, disposables: [] } satisfies Feature;
}

class ViewActions {
  private readonly current: CurrentLeads;
  private readonly masking: Masking;
  private readonly memory: vscode.Memento;

  constructor(
    private readonly parts: Parts,
    private readonly currentView: CurrentView,
    private readonly saved: SavedViews,
  ) {
    this.current = parts.current;
    this.masking = parts.masking;
    this.memory = parts.context.globalState;
  }

  async switch(): Promise<void> {
    const builtIn = builtInViews();
    const saved = this.saved.all();
    const segments = this.parts.names.segments.map((segment) => ({ segment, view: segmentView(segment) }));
    const views = [...builtIn, ...[...saved, ...segments].flatMap(({ view }) => view ?? [])];
    const act = await pickView({
      builtIn,
      saved,
      segments,
      shown: shownView(views, this.shown(), this.currentView.name),
      masking: this.masking,
      count: (view, signal) => this.count(view, signal),
      show: (view) => this.show(view),
      showSegment: (segment) => this.showSegment(segment),
      rename: (view) => this.rename(view),
      remove: (view) => this.remove(view),
      copyCurl: (view) => this.copyCurl(view),
      showOnline: () => vscode.commands.executeCommand('dashlyLeads.online.focus'),
    });
    await act?.();
  }

  private async show(view: View): Promise<void> {
    this.currentView.show(view);
    await showLeadsView();
  }

  /** Shows the leads of a segment; the card's button calls it. */
  async showSegment(segment: unknown): Promise<void> {
    if (!isSegment(segment)) throw new TypeError('showSegment takes a segment.');
    const view = segmentView(segment);
    // Only a list of its leads, and no others, is called by its name.
    const part = view ?? (await askForPart(segment, this.masking));
    if (!part) return;
    if (view) this.currentView.show(view);
    else this.current.setQuery(part);
    await showLeadsView();
  }

  /** What is looked at, as a view. */
  private shown(): View {
    return { ...this.current.query, name: this.currentView.name ?? '' };
  }

  private async count({ filters, presence }: View, signal: AbortSignal): Promise<string> {
    const { connection, list } = this.current;
    if (presence) {
      const leads = list?.leads ?? [];
      const there = leads.filter((lead) => presence.includes(lead.presence));
      return l10n.t('{0} of {1} loaded', grouped(there.length), grouped(leads.length));
    }
    const count = (await connection?.client.countLeads(filters, signal)) ?? 0;
    return grouped(count);
  }

  async save(): Promise<void> {
    const saved = this.saved.all();
    const selection = describeSelection(this.current.query, this.masking) ?? l10n.t('all leads');
    const name = await showInputBox({
      title: l10n.t('Save View'),
      prompt: l10n.t('A name for: {0}', selection),
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
    const shown = shownName(view, this.masking);
    void showInformationMessage(
      scope === 'user'
        ? l10n.t('View “{0}” saved in the user settings.', shown)
        : l10n.t('View “{0}” saved in the workspace settings.', shown),
    );
  }

  async rename(saved: SavedView): Promise<void> {
    const others = this.saved
      .all()
      .filter(
        ({ view, scope, folder }) => scope === saved.scope && folder === saved.folder && view.name !== saved.view.name,
      );
    const name = await showInputBox({
      title: l10n.t('Rename View'),
      value: saved.view.name,
      ignoreFocusOut: true,
      validateInput: (text) =>
        viewNameProblem(text) ??
        (others.some(({ view }) => view.name === text.trim()) ? l10n.t('Another view has this name.') : undefined),
    });
    if (name === undefined || name.trim() === saved.view.name) return;
    const wasShown = this.currentView.name === saved.view.name;
    await this.saved.rename(saved, name.trim());
    if (wasShown) this.currentView.called({ ...saved.view, name: name.trim() });
  }

  async remove(saved: SavedView): Promise<void> {
    const remove = l10n.t('Delete');
    const question = deletionQuestion(saved, shownName(saved.view, this.masking));
    const answer = await askModally(question, l10n.t('The leads themselves are not touched.'), remove);
    if (answer === remove) await this.saved.remove(saved);
  }

  async withSaved(title: string, run: (saved: SavedView) => unknown): Promise<void> {
    const items = this.saved.all().map((saved) => ({
      label: shownName(saved.view, this.masking),
      description: placeWords(saved),
      detail: describeSelection(saved.view, this.masking) ?? l10n.t('All leads'),
      saved,
    }));
    if (items.length === 0) {
      void showInformationMessage(l10n.t('No view is saved yet. Filter the leads, then run “Save View…”.'));
      return;
    }
    const chosen = await showQuickPick(items, { title });
    if (chosen) await run(chosen.saved);
  }

  async copyJson(): Promise<void> {
    const { name, filters } = this.shown();
    if (
      filters &&
      holdsContacts(filters, this.masking) &&
      !(await confirmRealData(this.masking, l10n.t('The copied view')))
    )
      return;
    await vscode.env.clipboard.writeText(
      stringifyJson(viewToJson({ ...this.shown(), name: name === '' ? l10n.t('Unnamed') : name }), 2),
    );
    setStatusBarMessage(l10n.t('View copied as JSON'), 3000);
  }

  async copyCurl(view: View = this.shown()): Promise<void> {
    const { connection } = this.current;
    if (!connection || connection.isSample) {
      void showInformationMessage(
        l10n.t('The sample app is built in and cannot be asked from a shell. Connect an app first.'),
      );
      return;
    }
    const { address, app } = connection.client;
    const timeZone = shownTimeZone(this.memory);
    const convertPropsTypes = readSetting('convertPropsTypes');
    const sending = { now: Date.now(), within: readSetting('timeout') * 1000, timeZone, convertPropsTypes };
    await vscode.env.clipboard.writeText(curlCommand(address, app, view, sending));
    const copied = l10n.t('curl command copied. It reads the token from the variable DASHLY_TOKEN.');
    const note = l10n.t('It asks for all presences: the service cannot filter by them.');
    void showInformationMessage(view.presence ? `${copied} ${note}` : copied);
  }
}

/** The settings a view is kept in, in words. */
function placeWords({ scope, folder }: SavedView): string {
  if (folder) return l10n.t('folder “{0}”', singleLine(folder.name, 60));
  return scope === 'user' ? l10n.t('user') : l10n.t('workspace');
}

/** @param name of the view, fit to be shown */
function deletionQuestion({ scope, folder }: SavedView, name: string): string {
  if (folder) return l10n.t('Delete the view “{0}” from the folder “{1}” settings?', name, singleLine(folder.name, 60));
  return scope === 'user'
    ? l10n.t('Delete the view “{0}” from the user settings?', name)
    : l10n.t('Delete the view “{0}” from the workspace settings?', name);
}

function nameComment(text: string, views: readonly View[]): string | vscode.InputBoxValidationMessage | undefined {
  const problem = viewNameProblem(text);
  if (problem !== undefined) return problem;
  return views.some(({ name }) => name === text.trim())
    ? {
        message: l10n.t('A view of this name in the same place is replaced.'),
        severity: vscode.InputBoxValidationSeverity.Info,
      }
    : undefined;
}

async function pickScope(): Promise<'user' | 'workspace' | undefined> {
  const items: (vscode.QuickPickItem & { scope: 'user' | 'workspace' })[] = [
    { label: l10n.t('User Settings'), detail: l10n.t('Only for you, in every workspace'), scope: 'user' },
    {
      label: l10n.t('Workspace Settings'),
      detail: l10n.t('For everybody who works on this project, through its repository'),
      scope: 'workspace',
    },
  ];
  return (await showQuickPick(items, { title: l10n.t('Save View'), placeHolder: l10n.t('Where is it kept?') }))?.scope;
}
