import * as vscode from 'vscode';
import { isJsonObject, type JsonValue } from '../dashly/json';
import type { Log } from '../editor/errors';
import { Emitter } from '../leads/event';
import { sameQuery } from './view';
import { parseView, viewToJson, type View } from './view';

/** Where a view is kept: with the person, or with the project and so with everybody who works on it. */
export type ViewScope = 'user' | 'workspace';

/** A view somebody saved. */
export interface SavedView {
  readonly view: View;
  readonly scope: ViewScope;
}

const section = 'dashlyLeads';
const targets = { user: vscode.ConfigurationTarget.Global, workspace: vscode.ConfigurationTarget.Workspace } as const;

/**
 * The saved views, in the setting `dashlyLeads.views` of the user and of the workspace. The setting is their only home:
 * nothing is kept here, so that what a person writes there by hand, or pulls from a repository, is what counts.
 */
export class SavedViews implements vscode.Disposable {
  private readonly changed = new Emitter();
  private readonly subscription: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor(private readonly log: Log) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${section}.views`)) this.changed.fire();
    });
  }

  /** The user's, then the workspace's. What cannot be read is left out and said in the log. */
  all(): SavedView[] {
    return (['user', 'workspace'] as const).flatMap((scope) =>
      this.stored(scope).flatMap((json): SavedView[] => {
        const parsed = parseView(json);
        if ('view' in parsed) return [{ view: parsed.view, scope }];
        this.log.warn(`Setting dashlyLeads.views (${scope}): ${parsed.problem}`);
        return [];
      }),
    );
  }

  /** Whether there is a workspace to keep views in. */
  get hasWorkspace(): boolean {
    return vscode.workspace.workspaceFolders !== undefined;
  }

  /** Keeps a view; one of the same name in the same place is replaced. Rejects when the settings cannot be written. */
  async save(view: View, scope: ViewScope): Promise<void> {
    const stored = this.stored(scope);
    const place = stored.findIndex((json) => nameOf(json) === view.name);
    await this.write(scope, place === -1 ? [...stored, viewToJson(view)] : stored.with(place, viewToJson(view)));
  }

  /** Rejects when the settings cannot be written. */
  async rename(saved: SavedView, name: string): Promise<void> {
    await this.change(saved, (stored, place) => stored.with(place, viewToJson({ ...saved.view, name })));
  }

  /** Rejects when the settings cannot be written. */
  async remove(saved: SavedView): Promise<void> {
    await this.change(saved, (stored, place) => stored.toSpliced(place, 1));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  /** As it stands in the settings, entries that cannot be read included: writing must not lose them. */
  private stored(scope: ViewScope): JsonValue[] {
    const kept = vscode.workspace.getConfiguration(section).inspect<JsonValue>('views');
    const value = scope === 'user' ? kept?.globalValue : kept?.workspaceValue;
    // VS Code hands out proxies of its settings, which nothing else should hold.
    return Array.isArray(value) ? value.map((json) => JSON.parse(JSON.stringify(json)) as JsonValue) : [];
  }

  /** Nothing when the view has gone from the settings meanwhile. */
  private async change(
    { view, scope }: SavedView,
    how: (stored: JsonValue[], place: number) => JsonValue[],
  ): Promise<void> {
    const stored = this.stored(scope);
    const place = stored.findIndex((json) => isView(json, view));
    if (place !== -1) await this.write(scope, how(stored, place));
  }

  private async write(scope: ViewScope, views: readonly JsonValue[]): Promise<void> {
    const value = views.length > 0 ? views : undefined;
    await vscode.workspace.getConfiguration(section).update('views', value, targets[scope]);
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
