import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { plural } from '../language';
import { singleLine } from '../leads/text';
import type { Lead } from '../dashly/lead';
import { runsInNode } from '../dashly/platform';
import { readSetting } from '../editor/settings';
import { shownTimeZone } from '../editor/timeZone';
import { leadsFromArguments } from '../leads/leadElement';
import type { Parts } from '../editor/commands';
import { rowProperties } from '../leads/properties';
import { seenProperties } from '../leads/seenProperties';
import { proposedFileName } from './fileNames';
import { type FormatName, formatNames, type FormatOptions, formats } from './formats/formats';
import { confirmRealData, showQuickPick } from '../editor/window';

/** What a person chose to export. */
export interface ExportChoice {
  /** Undefined for every lead of the view. */
  readonly leads: readonly Lead[] | undefined;
  readonly format: FormatOptions;
  readonly masked: boolean;
}

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks, step by step. Undefined when the person left. */
export async function chooseExport(parts: Parts, args: readonly unknown[]): Promise<ExportChoice | undefined> {
  const which = await chooseLeads(parts, args);
  if (!which) {
    return undefined;
  }
  const format = await choose<FormatName>(
    l10n.t('Export Leads 2/3: which format?'),
    formatNames.map((value) => ({ label: formats[value].label, description: formats[value].description, value })),
  );
  const properties = format && (await chooseProperties(parts, which.leads));
  if (!format || !properties) {
    return undefined;
  }
  const masked =
    parts.masking.on &&
    (await choose<boolean>(l10n.t('Export Leads: contacts are masked. What shall the file hold?'), [
      {
        label: l10n.t('Masked contacts'),
        description: l10n.t('pseudonyms in the place of names, e-mail addresses, phone numbers and User IDs'),
        value: true,
      },
      { label: l10n.t('Real contacts'), value: false },
    ]));
  if (
    masked === undefined ||
    (parts.masking.on && !masked && !(await confirmRealData(parts.masking, l10n.t('The exported file'))))
  ) {
    return undefined;
  }
  return {
    leads: which.leads,
    masked,
    format: {
      format,
      properties: properties.names,
      byteOrderMark: readSetting('export.csvByteOrderMark'),
      separator: readSetting('export.csvSeparator'),
    },
  };
}

async function chooseLeads(
  { current, selection }: Parts,
  args: readonly unknown[],
): Promise<{ leads: readonly Lead[] | undefined } | undefined> {
  const loaded = current.list?.leads ?? [];
  const selected = leadsFromArguments(args, selection);
  const view: Choice<{ leads: readonly Lead[] | undefined }> = {
    label: l10n.t('Every lead of this view'),
    value: { leads: undefined },
    description:
      current.list?.total === undefined ? undefined : plural(current.list.total, l10n.t('{0} lead|{0} leads')),
  };
  const choices = [
    view,
    ...(loaded.length > 0
      ? [
          {
            label: l10n.t('The loaded leads'),
            description: plural(loaded.length, l10n.t('{0} lead|{0} leads')),
            value: { leads: loaded },
          },
        ]
      : []),
    ...(selected.length > 0
      ? [
          {
            label: l10n.t('The selected leads'),
            description: plural(selected.length, l10n.t('{0} lead|{0} leads')),
            value: { leads: selected },
          },
        ]
      : []),
  ];
  // From a tree row's menu it is about that row first.
  return choose(l10n.t('Export Leads 1/3: which leads?'), args.length > 0 ? choices.reverse() : choices);
}

async function chooseProperties(
  { current, masking }: Parts,
  leads: readonly Lead[] | undefined,
): Promise<{ names: readonly string[] | undefined } | undefined> {
  const way = await choose<'all' | 'visible' | 'chosen'>(l10n.t('Export Leads 3/3: which properties?'), [
    { label: l10n.t('All properties'), value: 'all' },
    { label: l10n.t('The visible ones'), description: rowProperties.join(', '), value: 'visible' },
    { label: l10n.t('Choose…'), value: 'chosen' },
  ]);
  if (way !== 'chosen') {
    return way && { names: way === 'all' ? undefined : rowProperties };
  }
  const items = seenProperties(leads ?? current.list?.leads ?? []).map(({ name, example }) => ({
    label: masking.propertyTitle(name, 80, example?.lead),
    description: singleLine(masking.name(name, example?.lead), 80),
    name,
    picked: rowProperties.includes(name),
  }));
  const chosen = await showQuickPick(items, {
    title: l10n.t('Export Leads: which properties?'),
    canPickMany: true,
    matchOnDescription: true,
    placeHolder: l10n.t('The documented ones and those of the loaded leads'),
  });
  return chosen && { names: chosen.map(({ name }) => name) };
}

async function choose<T>(title: string, choices: readonly Choice<T>[]): Promise<T | undefined> {
  return (await showQuickPick(choices, { title, ignoreFocusOut: true }))?.value;
}

/** Asks for the target, with a name proposed: beside the work that is open, else in the person's own folder. */
export async function chooseTarget(
  { context }: Parts,
  appName: string,
  { format: { format } }: ExportChoice,
): Promise<vscode.Uri | undefined> {
  const { extension, label } = formats[format];
  const name = proposedFileName(appName, extension, Date.now(), shownTimeZone(context.globalState));
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(await homeFolder());
  return vscode.window.showSaveDialog({
    title: l10n.t('Export Leads'),
    saveLabel: l10n.t('Export'),
    filters: { [label]: [extension] },
    defaultUri: vscode.Uri.joinPath(folder, name),
  });
}

async function homeFolder(): Promise<string> {
  return runsInNode() ? (await import('node:os')).homedir() : '/';
}
