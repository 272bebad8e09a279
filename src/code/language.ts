import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { commandId, type Parts } from '../editor/commands';
import { rangeOf } from '../editor/files';
import { readSetting } from '../editor/settings';
import { plainMarkdown } from '../editor/window';
import { Disposables, Emitter } from '../leads/event';
import { seenProperties } from '../leads/seenProperties';
import { plural } from '../language';
import { plain, singleLine } from '../leads/text';
import { shownValue } from '../leads/wording';
import type { AskedCounts, AskedNumbers } from './askedCounts';
import { clients, type CodeFiles, mayHoldCalls } from './codeFiles';
import { completionsAt } from './completions';
import { aboutName, eventIdOf, type KnownApp, type Mention, mentionAt, mentionsIn } from './names';
import { nearName } from './nearName';
import { problemsOfCalls, tokensIn } from './problems';
import { type Call, findCalls } from './scan';

type Language = CodeFiles['language'];

/** What editors of source code say of calls of the service's script. */
export class CodeLanguage implements Language, vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly changed = this.owned.add(new Emitter());
  private readonly diagnostics = this.owned.add(vscode.languages.createDiagnosticCollection('dashly-leads-code'));
  /** What was found in each file, and in which state of it. */
  private readonly found = new WeakMap<
    vscode.TextDocument,
    { readonly state: string; readonly calls: readonly Call[] }
  >();

  readonly onDidChange = this.changed.event as vscode.Event<void>;

  constructor(
    private readonly parts: Pick<Parts, 'current' | 'masking' | 'names'>,
    private readonly counts: AskedCounts,
  ) {
    const { masking, names } = parts;
    this.owned.add(counts.onDidChange(() => this.changed.fire()));
    this.owned.add(names.onDidChange(() => this.changed.fire()));
    this.owned.add(
      masking.onDidChange(() => {
        this.changed.fire();
        // At once: what is said may hold a name that is hidden now.
        for (const document of vscode.workspace.textDocuments) if (mayHoldCalls(document)) this.check(document);
      }),
    );
    this.owned.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.diagnostics.delete(uri)));
  }

  /** What the open app is known to have; while contacts are masked without the names that hold one. */
  get app(): KnownApp | undefined {
    const { current, masking, names } = this.parts;
    if (!current.connection) return undefined;
    const isShown = (name: string): boolean => masking.name(name) === name;
    return {
      name: singleLine(current.connection.name, 60),
      events: new Map([...names.events].filter(([, name]) => isShown(name))),
      properties: new Set([...names.properties].filter(isShown)),
    };
  }

  /** The calls in a file; none where it is no source code. */
  calls(document: vscode.TextDocument): readonly Call[] {
    if (!mayHoldCalls(document)) return [];
    const { version, languageId } = document;
    const state = `${version} ${languageId} ${clients().join(' ')}`;
    const known = this.found.get(document);
    if (known?.state === state) return known.calls;
    const calls = findCalls(document.getText(), languageId, clients());
    this.found.set(document, { state, calls });
    return calls;
  }

  /** The property that leads with what is meant have; undefined for an event whose name is not known. */
  propertyOf({ kind, name: { text } }: Mention): string | undefined {
    if (kind === 'property') return text === '' ? undefined : text;
    const id = eventIdOf(text, this.parts.names.events);
    return id === undefined ? undefined : `$event_${id}_count`;
  }

  /** What the service has said of the leads with what is meant, where that was asked for. */
  numbersOf(mention: Mention): AskedNumbers | undefined {
    const property = this.propertyOf(mention);
    return property === undefined ? undefined : this.counts.of(property);
  }

  lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const mentions = this.calls(document)
      .flatMap(mentionsIn)
      .filter(({ name }) => name.text !== '');
    const lines = mentions.map(({ name }) => document.positionAt(name.start).line);
    return mentions.flatMap((mention, index) => {
      const { kind, name } = mention;
      const leads = this.numbersOf(mention)?.leads;
      const isAlone = lines.filter((line) => line === lines[index]).length === 1;
      const quoted = isAlone ? undefined : singleLine(name.text, 40);
      const range = rangeOf(document, name);
      const link = new vscode.CodeLens(range, {
        // A title is drawn with icons.
        title: plain(lensTitle(kind, quoted, leads)),
        command: commandId('showLeadsWith'),
        arguments: [{ kind, name: name.text }],
      });
      if (kind !== 'event') return [link];
      const follow = {
        title: plain(quoted === undefined ? l10n.t('Follow') : l10n.t('Follow “{0}”', quoted)),
        tooltip: l10n.t('Shows on the card of one who is on the site when this event comes in'),
        command: commandId('followEvent'),
        arguments: [name.text],
      };
      return [link, new vscode.CodeLens(range, follow)];
    });
  }

  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const mention = mentionAt(this.calls(document), document.offsetAt(position));
    if (!mention) return undefined;
    const { app } = this;
    const { kind, example } = this.seen(mention) ?? {};
    const lines = aboutName(mention, app, this.numbersOf(mention)?.leads, kind);
    const markdown = plainMarkdown(lines);
    // Words of strangers: in a block of code nothing becomes a link.
    if (example !== undefined)
      markdown.appendMarkdown(`\n\n${l10n.t('For example:')}`).appendCodeblock(example, 'plaintext');
    const near = nearName(mention, app);
    if (near) {
      const whose =
        near.app === undefined
          ? l10n.t('Nearly what the service itself has:')
          : l10n.t('Nearly what {0} has:', near.app);
      markdown
        .appendMarkdown(`\n\n${plainMarkdown([whose]).value}`)
        .appendCodeblock(singleLine(near.text), 'plaintext');
    }
    return new vscode.Hover(markdown, rangeOf(document, mention.name));
  }

  completions(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const { languageId } = document;
    return completionsAt(
      document.getText(),
      languageId,
      this.calls(document),
      document.offsetAt(position),
      this.app,
    ).map(({ text, detail, insert, replaced, isEvent }) => {
      const kind = isEvent ? vscode.CompletionItemKind.Event : vscode.CompletionItemKind.Property;
      // VS Code reads icons in labels.
      const item = new vscode.CompletionItem(plain(text), kind);
      item.filterText = text;
      item.detail = detail.words;
      item.sortText = `${detail.isOwn ? 0 : 1} ${text}`;
      item.insertText = insert;
      item.range = rangeOf(document, replaced);
      return item;
    });
  }

  check(document: vscode.TextDocument): void {
    const isWanted = readSetting('code.problems');
    const problems = isWanted
      ? [...problemsOfCalls(this.calls(document), this.app), ...tokensIn(document.getText())]
      : [];
    const found = problems.map((problem) => {
      const range = rangeOf(document, problem);
      const diagnostic = new vscode.Diagnostic(range, problem.message, vscode.DiagnosticSeverity.Information);
      diagnostic.source = 'Dashly Leads';
      return diagnostic;
    });
    this.diagnostics.set(document.uri, found);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** The type of a property's values and one of them, as it may be shown. */
  private seen({ kind, name }: Mention) {
    const { current, masking } = this.parts;
    const property =
      kind === 'property' ? seenProperties(current.list?.leads ?? []).find((one) => one.name === name.text) : undefined;
    if (!property) return undefined;
    const lead = property.example?.lead;
    return { kind: property.kind, example: lead && shownValue(lead, property.name, masking) };
  }
}

/**
 * The words of the link to the leads of a call.
 * @param quoted its name, where that must be told
 * @param leads how many there are, where that is known
 */
function lensTitle(kind: Mention['kind'], quoted: string | undefined, leads: number | undefined): string {
  if (leads === undefined) {
    if (quoted !== undefined) return l10n.t('Leads with “{0}”', quoted);
    return kind === 'event' ? l10n.t('Leads with this event') : l10n.t('Leads with this property');
  }
  if (quoted !== undefined) return plural(leads, l10n.t('{0} lead with “{1}”|{0} leads with “{1}”'), quoted);
  return kind === 'event'
    ? plural(leads, l10n.t('{0} lead with this event|{0} leads with this event'))
    : plural(leads, l10n.t('{0} lead with this property|{0} leads with this property'));
}
