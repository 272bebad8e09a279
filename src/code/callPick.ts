import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Parts } from '../editor/commands';
import { rangeOf } from '../editor/files';
import { pickStep } from '../editor/steps';
import { showInformationMessage } from '../editor/window';
import { pastTime } from '../leads/dates';
import { Emitter } from '../leads/event';
import { grouped, plural } from '../language';
import { singleLine } from '../leads/text';
import type { AskedCounts } from './askedCounts';
import type { CodeLanguage } from './language';
import { isKnown, type Mention, mentionsIn } from './names';
import { nearName } from './nearName';

interface CallItem extends vscode.QuickPickItem {
  /** What the call means; undefined for the row that asks the service. */
  readonly mention?: Mention;
}

/** The most names that are asked about at once: one request each. */
const mostAsked = 25;

/** *Events in This File*: the calls in the active editor, with what is known of each; Enter goes to one. */
export async function pickCall(parts: Parts, language: CodeLanguage, counts: AskedCounts): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const mentions = editor ? language.calls(editor.document).flatMap((call) => mentionsIn(call)) : [];
  if (!editor || mentions.length === 0) {
    void showInformationMessage(
      l10n.t(
        'There is no call of dashly or carrotquest in the active editor. Further names can be set: dashlyLeads.code.clients.',
      ),
    );
    return;
  }
  const { document } = editor;
  const changed = new Emitter();
  const asking = new AbortController();
  const rows = mentions.map((mention): CallItem & { mention: Mention } => ({
    label: singleLine(mention.name.text, 80) || l10n.t('(no name)'),
    description: place(mention.kind, document.positionAt(mention.name.start).line + 1),
    mention,
  }));
  const describe = (): void => {
    for (const row of rows) row.detail = known(row.mention, language);
    changed.fire();
  };
  describe();
  const numbers = new AskedAbout(
    parts,
    language,
    counts,
    rows.map(({ mention }) => mention),
  );
  const ask: CallItem = {
    label: l10n.t('Ask the Service'),
    description: plural(
      numbers.properties.length,
      l10n.t(
        'how many leads have each, and when it came last; {0} request|how many leads have each, and when it came last; {0} requests',
      ),
    ),
    iconPath: new vscode.ThemeIcon('cloud-download'),
  };
  const redrawing = counts.onDidChange(describe);
  const chosen = await pickStep<CallItem>({
    title: l10n.t('Events in This File'),
    placeholder: plural(
      rows.length,
      l10n.t('{0} event or property; Enter goes to the call|{0} events and properties; Enter goes to the call'),
    ),
    items: { items: numbers.properties.length > 0 ? [...rows, ask] : rows, onDidChange: changed.event },
    ignoreFocusOut: false,
    canChoose: (item) => {
      if (item !== ask) return true;
      void numbers.ask(asking.signal, (problem) => {
        ask.detail = problem;
        changed.fire();
      });
      return false;
    },
  });
  asking.abort();
  redrawing.dispose();
  changed.dispose();
  if (typeof chosen !== 'object' || !chosen.mention) return;
  const range = rangeOf(document, chosen.mention.name);
  await vscode.window.showTextDocument(document, { selection: range, viewColumn: editor.viewColumn });
}

/** @param line from 1 */
function place(kind: Mention['kind'], line: number): string {
  return kind === 'event' ? l10n.t('event, line {0}', grouped(line)) : l10n.t('property, line {0}', grouped(line));
}

/** What the service is asked about the names in a file. */
class AskedAbout {
  /** Those that the app is known to have, or that are in the file, each once. */
  readonly properties: readonly string[];

  constructor(
    private readonly parts: Parts,
    language: CodeLanguage,
    private readonly counts: AskedCounts,
    mentions: readonly Mention[],
  ) {
    const properties = parts.current.connection ? mentions.flatMap((one) => language.propertyOf(one) ?? []) : [];
    this.properties = [...new Set(properties)].slice(0, mostAsked);
  }

  /** @param problem is called with what stops it, in a sentence that may be shown; undefined when it begins */
  async ask(signal: AbortSignal, problem: (sentence: string | undefined) => void): Promise<void> {
    const { connection } = this.parts.current;
    if (!connection) return;
    problem(l10n.t('Asking…'));
    try {
      await Promise.all(this.properties.map((property) => this.counts.ask(connection.client, property, signal)));
      problem(undefined);
    } catch (error) {
      if (!signal.aborted) problem(l10n.t('Not answered: {0}', this.parts.masking.errorSentence(error)));
    }
  }
}

function known(mention: Mention, language: CodeLanguage): string {
  const { app } = language;
  const numbers = language.numbersOf(mention);
  if (numbers) {
    const { leads, last } = numbers;
    return last === undefined
      ? plural(leads, l10n.t('{0} lead|{0} leads'))
      : plural(leads, l10n.t('{0} lead, last {1}|{0} leads, last {1}'), pastTime(last, Date.now()));
  }
  if (isKnown(mention, app)) return l10n.t('known; its leads were not counted yet');
  const near = nearName(mention, app);
  return near ? l10n.t('not seen yet; nearly “{0}”', singleLine(near.text, 80)) : l10n.t('not seen yet');
}
