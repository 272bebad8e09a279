import * as vscode from 'vscode';
import { Disposables } from '../leads/event';
import type { CurrentLeads } from '../leads/currentLeads';
import type { Masking } from '../leads/masking';
import { singleLine } from '../leads/text';
import { propertyTitle } from '../leads/properties';
import { typedProperty, valueText } from '../leads/values';
import { seenProperties, type SeenProperty } from '../leads/seenProperties';
import { filterFileEnding } from './filterFiles';
import { problemsBeyondSchema } from './filterText';
import { jsonNodeAt, placeOf, type JsonNode } from './jsonPlaces';

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
    const text = document.getText();
    const offset = document.offsetAt(position);
    const node = jsonNodeAt(text, offset);
    const atName = isPropertyName(node);
    if (!atName && !/"property_name"\s*:\s*$/.test(text.slice(0, offset))) return [];
    const range = atName ? rangeOf(document, node) : new vscode.Range(position, position);
    return this.properties()
      .filter(({ name }) => !documented.has(name))
      .map((property) => {
        const item = new vscode.CompletionItem(singleLine(property.name, 80), vscode.CompletionItemKind.Property);
        const literal = JSON.stringify(property.name);
        item.range = range;
        item.filterText = literal;
        item.insertText = literal;
        item.detail = this.about(property);
        return item;
      });
  }

  /** A property's title, its type and an example. */
  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const node = jsonNodeAt(document.getText(), document.offsetAt(position));
    if (!isPropertyName(node)) return undefined;
    const property = this.properties().find(({ name }) => name === node.text);
    const about = property ? this.about(property) : 'No loaded lead has this property.';
    // As text: names and values are written by strangers.
    return new vscode.Hover(new vscode.MarkdownString().appendText(about), rangeOf(document, node));
  }

  dispose(): void {
    this.parts.dispose();
  }

  private check(document: vscode.TextDocument): void {
    if (!document.uri.path.endsWith(filterFileEnding)) return;
    const text = document.getText();
    const found = problemsBeyondSchema(text).map(({ path, message }) => {
      // A warning, as VS Code shows what a schema finds.
      const diagnostic = new vscode.Diagnostic(
        rangeOf(document, placeOf(text, path)),
        message,
        vscode.DiagnosticSeverity.Warning,
      );
      diagnostic.source = 'Dashly Leads';
      return diagnostic;
    });
    this.diagnostics.set(document.uri, found);
  }

  private properties(): SeenProperty[] {
    return seenProperties(this.current.list?.leads ?? []);
  }

  private about({ name, kind, example }: SeenProperty): string {
    const title = propertyTitle(name);
    const value =
      example && singleLine(valueText(typedProperty(name, this.masking.lead(example.lead).props[name])), 60);
    const parts = [title === name ? undefined : title, kind, value === undefined ? undefined : `e.g. ${value}`];
    return singleLine(parts.filter((part) => part !== undefined).join(' · '));
  }
}

function isPropertyName(node: JsonNode | undefined): node is JsonNode & { text: string } {
  return node?.path.at(-1) === 'property_name' && node.text !== undefined;
}

function rangeOf(document: vscode.TextDocument, { start, end }: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
