import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { rangeOf } from '../editor/files';
import { plainMarkdown } from '../editor/window';
import { Disposables } from '../leads/event';
import type { CurrentLeads } from '../leads/currentLeads';
import type { Masking } from '../leads/masking';
import { singleLine } from '../leads/text';
import { eventProperty, kindWord } from '../leads/properties';
import { seenProperties, type SeenProperty } from '../leads/seenProperties';
import { shownValue } from '../leads/wording';
import { filterFileEnding } from './filterFiles';
import { problemsBeyondSchema, propertyNameAt } from './filterText';

const documented = new Set(seenProperties([]).map(({ name }) => name));

/**
 * What editors of filters know beyond the JSON schema: the properties of this app's leads, for completion and hover, and
 * the problems that a schema cannot say.
 */
export class FilterLanguage implements vscode.Disposable {
  private readonly parts = new Disposables();
  private readonly diagnostics = this.parts.add(vscode.languages.createDiagnosticCollection('dashly-leads-filter'));

  constructor(
    private readonly current: CurrentLeads,
    private readonly masking: Masking,
  ) {
    this.parts.add(vscode.workspace.onDidOpenTextDocument((document) => this.check(document)));
    this.parts.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.check(document)));
    this.parts.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.diagnostics.delete(uri)));
    for (const document of vscode.workspace.textDocuments) this.check(document);
  }

  /** The properties that the loaded leads have, besides the documented ones, which the schema knows. */
  completions(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const place = propertyNameAt(document.getText(), document.offsetAt(position));
    if (!place) return [];
    const range = rangeOf(document, place);
    return (
      this.properties()
        // A name in a file is the real one: none that holds a contact is offered while contacts are masked.
        .filter(({ name }) => !documented.has(name) && this.masking.name(name) === name)
        .map((property) => {
          const item = new vscode.CompletionItem(singleLine(property.name, 80), vscode.CompletionItemKind.Property);
          const literal = JSON.stringify(property.name);
          item.range = range;
          item.filterText = literal;
          item.insertText = literal;
          item.detail = this.about(property);
          return item;
        })
    );
  }

  /** A property's title, its type and an example. */
  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const place = propertyNameAt(document.getText(), document.offsetAt(position));
    if (place?.name === undefined) return undefined;
    const property = this.properties().find(({ name }) => name === place.name);
    const about = property ? this.about(property) : this.aboutUnseen(place.name);
    return new vscode.Hover(plainMarkdown([about]), rangeOf(document, place));
  }

  dispose(): void {
    this.parts.dispose();
  }

  private check(document: vscode.TextDocument): void {
    if (!document.uri.path.endsWith(filterFileEnding)) return;
    const found = problemsBeyondSchema(document.getText()).map((problem) => {
      // A warning, as VS Code shows what a schema finds.
      const { message } = problem;
      const diagnostic = new vscode.Diagnostic(rangeOf(document, problem), message, vscode.DiagnosticSeverity.Warning);
      diagnostic.source = 'Dashly Leads';
      return diagnostic;
    });
    this.diagnostics.set(document.uri, found);
  }

  private properties(): SeenProperty[] {
    return seenProperties(this.current.list?.leads ?? []);
  }

  private aboutUnseen(name: string): string {
    const unseen = l10n.t('No loaded lead has this property.');
    return eventProperty(name) ? `${this.masking.propertyTitle(name)} · ${unseen}` : unseen;
  }

  private about({ name, kind, example }: SeenProperty): string {
    const title = this.masking.propertyTitle(name);
    const value = example && shownValue(example.lead, name, this.masking);
    const parts = [
      title === name ? undefined : title,
      kind && kindWord(kind),
      value === undefined ? undefined : l10n.t('e.g. {0}', value),
    ];
    return singleLine(parts.filter((part) => part !== undefined).join(' · '));
  }
}
