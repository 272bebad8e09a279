import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { negate, type TypedCondition } from '../dashly/conditions';
import { knownPresences } from '../dashly/lead';
import { back, type LiveText, pickOrPress, pickStep } from '../editor/steps';
import type { CurrentLeads } from '../leads/currentLeads';
import { type Disposable, Emitter } from '../leads/event';
import type { Masking } from '../leads/masking';
import { conditionWords } from '../leads/queryWords';
import { seenProperties, type SeenValue, seenValues } from '../leads/seenProperties';
import { isBlank, singleLine } from '../leads/text';
import { presencesWords, shownValue } from '../leads/wording';
import { askForCondition } from './conditionSteps';
import { FilterDraft } from './filterDraft';
import { countWords, MatchCount } from './matchCount';

interface PresenceItem extends vscode.QuickPickItem {
  /** Undefined: all of them. */
  readonly presences: readonly string[] | undefined;
}

/**
 * Asks which presences are shown. The service has no condition on them (API.md, section 4), so what is chosen
 * holds among the loaded leads, and the step says so.
 * @param chosen what is chosen already
 * @returns the presences, none for all of them; `back`; or undefined when the person left
 */
async function askForPresence(
  title: LiveText,
  chosen: readonly string[] | undefined,
): Promise<readonly string[] | typeof back | undefined> {
  const choices: readonly (readonly string[])[] = [['online', 'idle'], ...knownPresences.map((presence) => [presence])];
  const items: PresenceItem[] = choices.map((presences) => ({ label: presenceWords(presences), presences }));
  if (chosen) items.push({ label: l10n.t('Any presence'), presences: undefined });
  const answer = await pickStep<PresenceItem>({
    title,
    canGoBack: true,
    placeholder: l10n.t('Only among the leads that are loaded: the service cannot filter by presence'),
    items,
    active: items.find(({ presences }) => presences?.join() === chosen?.join()),
  });
  return typeof answer === 'object' ? (answer.presences ?? []) : answer;
}

/** `Online or idle`. */
function presenceWords(presences: readonly string[]): string {
  const words = presencesWords(presences);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a person made of a filter, and where it goes: into the view, or on as JSON. */
export interface BuiltFilter {
  readonly draft: FilterDraft;
  readonly goes: 'view' | 'json';
}

/** What a row of the list stands for: a condition by its place, or something to do. */
type Row = number | 'presence' | 'apply' | 'add' | 'type' | 'clear' | 'json';

interface FilterItem extends vscode.QuickPickItem {
  readonly row?: Row;
}

const editButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: l10n.t('Edit') };
const negateButton = { iconPath: new vscode.ThemeIcon('arrow-swap'), tooltip: l10n.t('Negate') };
const removeButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: l10n.t('Remove') };

/** Lets a person build a filter in steps, and says at each how many leads match. Used once; to be disposed afterwards. */
export class FilterBuilder implements vscode.Disposable {
  private readonly titleChanged = new Emitter();
  private readonly count: MatchCount;
  private readonly subscriptions: readonly Disposable[];
  private readonly initial: FilterDraft;
  private draft: FilterDraft;
  /** What the title's count is about; undefined while a condition is not complete. */
  private counted: FilterDraft | undefined;
  private active: Row | undefined;

  private readonly title: LiveText;

  /** Begins with the filter of the view. */
  constructor(
    private readonly current: CurrentLeads,
    private readonly masking: Masking,
  ) {
    this.draft = this.initial = FilterDraft.of(current.query);
    this.count = new MatchCount((filters, signal) => {
      const client = current.connection?.client;
      return client ? client.countLeads(filters, signal) : Promise.resolve(0);
    });
    let { connection } = current;
    this.subscriptions = [
      this.count.onDidChange(() => this.titleChanged.fire()),
      current.onDidChangeList(() => {
        if (connection === current.connection) return;
        connection = current.connection;
        this.count.restart(this.counted?.filters);
      }),
    ];
    const words = (): string => this.titleText();
    this.title = {
      get text() {
        return words();
      },
      onDidChange: this.titleChanged.event,
    };
  }

  /** @returns undefined when the person left without applying */
  async run(): Promise<BuiltFilter | undefined> {
    // Without conditions there is one thing to do: the list of conditions comes behind it.
    if (this.draft.isEmpty && !(await this.edit(0))) return undefined;
    for (;;) {
      this.preview(this.draft);
      const items = this.items();
      const chosen = await pickOrPress<FilterItem>({
        title: this.title,
        placeholder: this.draft.isEmpty
          ? l10n.t('All leads are shown: add a condition')
          : l10n.t('Choose a condition to change it, or what to do next'),
        items,
        active: items.find(({ row }) => row !== undefined && row === this.active),
      });
      if (chosen === undefined || chosen === back) return undefined;
      const pressed = 'button' in chosen ? chosen.button : undefined;
      const { row } = 'button' in chosen ? chosen.item : chosen;
      if (row === undefined) continue;
      this.active = row;
      if (row === 'apply') return { draft: this.draft, goes: 'view' };
      if (row === 'json') return { draft: this.draft, goes: 'json' };
      if (pressed === negateButton) this.draft = this.draft.negated(row as number);
      else if (pressed === removeButton)
        this.draft = row === 'presence' ? this.draft.withPresence(undefined) : this.draft.without(row as number);
      else if (!(await this.follow(row))) return undefined;
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.count.dispose();
    this.titleChanged.dispose();
  }

  /** Does what a row stands for. @returns false when the person left */
  private follow(row: number | 'presence' | 'add' | 'type' | 'clear'): Promise<boolean> {
    if (row === 'add') return this.edit(this.draft.conditions.length);
    if (row === 'presence') return this.choosePresence();
    if (row === 'type') this.draft = this.draft.withType(this.draft.type === 'and' ? 'or' : 'and');
    else if (row === 'clear') this.draft = this.draft.cleared();
    else return this.edit(row);
    return Promise.resolve(true);
  }

  /** @param place of a condition, or behind the last for another one */
  private async edit(place: number): Promise<boolean> {
    const condition = await askForCondition({
      title: this.title,
      masking: this.masking,
      properties: seenProperties(this.current.list?.leads ?? []),
      example: ({ name, example }) => example && shownValue(example.lead, name, this.masking),
      values: (property, type) => this.values(property, type),
      edited: this.draft.conditions[place],
      preview: (given) => this.preview(given && this.draft.with(place, given)),
    });
    if (condition === undefined) return false;
    if (condition === back) return true;
    if (condition === 'presence') return this.choosePresence();
    this.draft = this.draft.with(place, condition);
    this.active = 'apply';
    return true;
  }

  private async choosePresence(): Promise<boolean> {
    const presences = await askForPresence(this.title, this.draft.presence);
    if (presences === undefined) return false;
    if (presences !== back) {
      this.draft = this.draft.withPresence(presences);
      this.active = 'apply';
    }
    return true;
  }

  private preview(draft: FilterDraft | undefined): void {
    this.counted = draft;
    if (draft) this.count.ask(draft.filters);
    this.titleChanged.fire();
  }

  private titleText(): string {
    if (!this.counted) return l10n.t('Filter Leads');
    if (!this.current.connection) return l10n.t('Filter Leads — not counted: no app is connected');
    const words = singleLine(countWords(this.count.state, (error) => this.masking.errorSentence(error)));
    return this.counted.presence
      ? l10n.t('Filter Leads — {0}, of any presence', words)
      : l10n.t('Filter Leads — {0}', words);
  }

  /** What a row cannot show as it is, and what is hidden while contacts are masked, can only be typed. */
  private values(name: string, type: 'text' | 'number'): SeenValue[] {
    return seenValues(this.current.list?.leads ?? [], name, type, this.masking).filter(({ value }) => {
      const text = String(value);
      return !isBlank(text) && singleLine(text, 80) === text;
    });
  }

  private items(): FilterItem[] {
    const { draft } = this;
    const { conditions, presence } = draft;
    const all = draft.type === 'and';
    const items: FilterItem[] = [];
    if (!draft.equals(this.initial))
      items.push({
        label: l10n.t('Apply'),
        iconPath: new vscode.ThemeIcon('check'),
        description: l10n.t('show these leads'),
        row: 'apply',
      });
    if (!draft.isEmpty)
      items.push({ label: all ? l10n.t('all of') : l10n.t('any of'), kind: vscode.QuickPickItemKind.Separator });
    conditions.forEach((condition, place) => items.push(this.conditionItem(condition, place)));
    if (presence) {
      items.push({
        label: presenceWords(presence),
        description: l10n.t('among the loaded leads only'),
        buttons: [editButton, removeButton],
        row: 'presence',
      });
    }
    items.push({ label: '', kind: vscode.QuickPickItemKind.Separator });
    items.push({ label: l10n.t('Add Condition…'), iconPath: new vscode.ThemeIcon('add'), row: 'add' });
    if (conditions.length > 1) {
      const [label, description] = all
        ? [l10n.t('Match Any of the Conditions'), l10n.t('now: all of them')]
        : [l10n.t('Match All of the Conditions'), l10n.t('now: any of them')];
      items.push({ label, description, iconPath: new vscode.ThemeIcon('list-flat'), row: 'type' });
    }
    if (!draft.isEmpty)
      items.push({ label: l10n.t('Clear All'), iconPath: new vscode.ThemeIcon('clear-all'), row: 'clear' });
    items.push({ label: l10n.t('Edit as JSON'), iconPath: new vscode.ThemeIcon('json'), row: 'json' });
    return items;
  }

  private conditionItem(condition: TypedCondition, place: number): FilterItem {
    const buttons = negate(condition) ? [editButton, negateButton, removeButton] : [editButton, removeButton];
    return { label: conditionWords(condition, this.masking), buttons, row: place };
  }
}
