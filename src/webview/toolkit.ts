/**
 * The one file that knows @vscode/webview-ui-toolkit, which is no longer developed: what the pages need of it stands
 * here as functions that make elements. Only the components used are registered, so that the rest is left out of the
 * bundle.
 */
import * as l10n from '@vscode/l10n';
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDataGrid,
  vsCodeDataGridCell,
  vsCodeDataGridRow,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { grouped } from '../language';
import { element, icon, type IconName } from './element';

/** Makes the controls known to the page; called once, before the first of them is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeDataGrid(),
    vsCodeDataGridCell(),
    vsCodeDataGridRow(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
    vsCodeTextField(),
  );
}

/** A button with words. */
export function button(text: string, press: () => void): HTMLElement {
  const control = element('vscode-button', { appearance: 'secondary' }, text);
  control.addEventListener('click', press);
  return control;
}

/** A button that is an icon; `label` is its name for screen readers and its tooltip. */
export function iconButton(name: IconName, label: string, press: () => void): HTMLElement {
  const control = element('vscode-button', { appearance: 'icon', 'aria-label': label, title: label }, icon(name));
  control.addEventListener('click', press);
  return control;
}

/** Gives an icon button another icon; its name stays. */
export function setIcon(control: HTMLElement, name: IconName): void {
  control.replaceChildren(icon(name));
}

/** A line of text to fill in; `input` is called at every change with the text. */
export function textField(label: string, input: (text: string) => void): HTMLElement & { value: string } {
  // The toolkit names a field by its content, which the style sheet hides: the placeholder says the same.
  const field = element('vscode-text-field', { placeholder: label, size: '16' }, label) as HTMLElement & {
    value: string;
  };
  field.addEventListener('input', () => input(field.value));
  return field;
}

/** One of several panels of which one is seen. */
export interface Tab {
  readonly tab: HTMLElement;
  readonly panel: HTMLElement;
  /** Shows how many things are in the panel. */
  setCount(count: number): void;
}

/** A tab and its panel; `id` is unique on the page. */
export function tab(id: string, title: string, content: Node): Tab {
  const counted = element('span', { class: 'tab-count' });
  const made = element('vscode-panel-tab', { id: `tab-${id}` }, element('span', {}, title, ' ', counted));
  return {
    tab: made,
    panel: element('vscode-panel-view', { id: `view-${id}` }, content),
    setCount(count) {
      const words = grouped(count);
      counted.textContent = words;
      // The toolkit names a tab by the text it begins with and keeps that name.
      made.setAttribute('aria-label', `${title} ${words}`);
    },
  };
}

/** Tabs with the panels below them; the first one is seen. */
export function tabs(label: string, items: readonly Tab[]): HTMLElement {
  return element(
    'vscode-panels',
    { 'aria-label': label },
    ...items.map((item) => item.tab),
    ...items.map((item) => item.panel),
  );
}

/** A grid whose cells the arrow keys move through; its rows are made by `gridRow`. */
export function grid(label: string): HTMLElement {
  return element('vscode-data-grid', {
    'aria-label': label,
    'aria-description': l10n.t('Enter goes to the actions of a row, Escape back to the row.'),
    'generate-header': 'none',
    'grid-template-columns': 'none',
  });
}

/** A row of cells made by `gridCell`. */
export function gridRow(...cells: readonly HTMLElement[]): HTMLElement {
  return element('vscode-data-grid-row', {}, ...cells);
}

/** A cell of a grid's row; `column` counts from 1. */
export function gridCell(
  kind: 'default' | 'rowheader' | 'columnheader',
  column: number,
  ...content: readonly (Node | string)[]
): HTMLElement {
  return element('vscode-data-grid-cell', { 'grid-column': String(column), 'cell-type': kind }, ...content);
}
