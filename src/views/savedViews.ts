import * as vscode from 'vscode';
import { isJsonObject, type JsonValue } from '../dashly/json';
import type { Log } from '../editor/errors';
import { parseView, sameQuery, viewToJson, type View } from './view';

/**
 * Where a view is kept: with the person, with the project and so with everybody who works on it, or with one folder of a
 * workspace of several.
 */
export type ViewScope = 'user' | 'workspace' | 'folder';

/** Settings that hold views. */
export interface ViewHome {
  readonly scope: ViewScope;
  /** For the scope `folder`. */
  readonly folder?: vscode.WorkspaceFolder;
}

/** A view somebody saved. */
export interface SavedView extends ViewHome {
  readonly view: View;
}

const section = 'dashlyLeads';
const homes = {
  user: { target: vscode.ConfigurationTarget.Global, value: 'globalValue' },
  workspace: { target: vscode.ConfigurationTarget.Workspace, value: 'workspaceValue' },
  folder: { target: vscode.ConfigurationTarget.WorkspaceFolder, value: 'workspaceFolderValue' },
} as const;

/**
 * The saved views, in the setting `dashlyLeads.views` of the user and of the workspace. The setting is their only home:
 * nothing is kept here, so that what a person writes there by hand, or pulls from a repository, is what counts.
 */
export class SavedViews {
  /** What the log says of each place. */
  private readonly said = new Map<string, string>();

  constructor(private readonly log: Log) {}

  /** The user's, then the workspace's, then its folders'. What cannot be read is left out and said in the log, once. */
  all(): SavedView[] {
    return this.homes().flatMap((home) => {
      const problems: string[] = [];
      const views = this.stored(home).flatMap((json, place): SavedView[] => {
        const parsed = parseView(json);
        if ('view' in parsed) return [{ ...home, view: parsed.view }];
        problems.push([place, ...parsed.path].join('.'));
        return [];
      });
      this.say(home, problems);
      return views;
    });
  }

  /** Whether there is a workspace to keep views in. */
  get hasWorkspace(): boolean {
    return vscode.workspace.workspaceFolders !== undefined;
  }

  /** Keeps a view; one of the same name in the same place is replaced. Rejects when the settings cannot be written. */
  async save(view: View, scope: Exclude<ViewScope, 'folder'>): Promise<void> {
    const stored = this.stored({ scope });
    const place = stored.findIndex((json) => nameOf(json) === view.name);
    await this.write({ scope }, place === -1 ? [...stored, viewToJson(view)] : stored.with(place, viewToJson(view)));
  }

  /** Rejects when the settings cannot be written. */
  async rename(saved: SavedView, name: string): Promise<void> {
    await this.change(saved, (stored, place) => stored.with(place, viewToJson({ ...saved.view, name })));
  }

  /** Rejects when the settings cannot be written. */
  async remove(saved: SavedView): Promise<void> {
    await this.change(saved, (stored, place) => stored.toSpliced(place, 1));
  }

  private homes(): ViewHome[] {
    const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
    // The settings of a folder that is opened by itself are those of the workspace.
    const folders = workspaceFile ? workspaceFolders : [];
    return [
      { scope: 'user' },
      { scope: 'workspace' },
      ...folders.map((folder): ViewHome => ({ scope: 'folder', folder })),
    ];
  }

  /**
   * One line for the settings of one place, and not again before something else is wrong there: they are read often. It
   * says where the problem is and quotes nothing, because a view's name and filter may hold a contact.
   */
  private say({ scope, folder }: ViewHome, problems: readonly string[]): void {
    const place = folder ? folder.uri.toString() : scope;
    const [first, ...more] = problems;
    const all = problems.join('\n');
    if (first !== undefined && this.said.get(place) !== all)
      this.log.warn(
        `A view is left out, because the setting dashlyLeads.views (${scope}) is not understood at ${first}` +
          `${more.length > 0 ? ` (and ${more.length} more)` : ''}.`,
      );
    this.said.set(place, all);
  }

  /** As it stands in the settings, entries that cannot be read included: writing must not lose them. */
  private stored({ scope, folder }: ViewHome): JsonValue[] {
    const value = vscode.workspace.getConfiguration(section, folder).inspect<JsonValue>('views')?.[homes[scope].value];
    // VS Code hands out proxies of its settings, which nothing else should hold.
    return Array.isArray(value) ? value.map((json) => JSON.parse(JSON.stringify(json)) as JsonValue) : [];
  }

  /** Nothing when the view has gone from the settings meanwhile. */
  private async change(
    { view, ...home }: SavedView,
    how: (stored: JsonValue[], place: number) => JsonValue[],
  ): Promise<void> {
    const stored = this.stored(home);
    const place = stored.findIndex((json) => isView(json, view));
    if (place !== -1) await this.write(home, how(stored, place));
  }

  private async write({ scope, folder }: ViewHome, views: readonly JsonValue[]): Promise<void> {
    const value = views.length > 0 ? views : undefined;
    await vscode.workspace.getConfiguration(section, folder).update('views', value, homes[scope].target);
  }
}

/** A person may have written two views of one name, or a name with spaces around it. */
function isView(json: JsonValue, view: View): boolean {
  const parsed = parseView(json);
  return 'view' in parsed && parsed.view.name === view.name && sameQuery(parsed.view, view);
}

function nameOf(json: JsonValue): string | undefined {
  return isJsonObject(json) && typeof json.name === 'string' ? json.name.trim() : undefined;
}
