import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { plural } from '../language';
import { singleLine } from '../leads/text';
import type { Lead } from '../dashly/lead';
import { runsInNode } from '../dashly/platform';
import { readSetting } from '../editor/settings';
import { shownTimeZone } from '../editor/timeZone';
import { holdsContactForm } from '../leads/contactForms';
import { leadsFromArguments } from '../leads/leadElement';
import type { Parts } from '../editor/commands';
import { rowProperties } from '../leads/properties';
import { seenProperties } from '../leads/seenProperties';
import { proposedFileName } from './fileNames';
import { type FormatName, formatNames, type FormatOptions, formats } from './formats/formats';
import { back, pickManyStep, type PickStep, pickStep } from '../editor/steps';
import { confirmRealData } from '../editor/window';

/** What a person chose to export. */
export interface ExportChoice {
  /** Undefined for every lead of the view. */
  readonly leads: readonly Lead[] | undefined;
  readonly format: FormatOptions;
  readonly masked: boolean;
}

/** What was chosen in the steps so far. */
interface Draft {
  readonly leads: readonly Lead[] | undefined;
  readonly format: FormatName;
  readonly properties: ExportedProperties;
  readonly masked: boolean;
}

type ExportedProperties = 'all' | 'visible' | readonly string[];

/** A row that stands for what a person may choose in a step. */
interface Choice extends vscode.QuickPickItem {
  readonly chosen: Partial<Draft>;
}

type Answer = Partial<Draft> | typeof back | undefined;

/** What a step asks with: where it stands among the others, and what was chosen until now or, before that, the last time. */
interface StepContext {
  readonly parts: Parts;
  /** Of the command. */
  readonly args: readonly unknown[];
  readonly draft: Partial<Draft>;
  readonly place: { readonly title: string; readonly step: number; readonly totalSteps: number };
}

/** Asks, step by step. Undefined when the person left. */
export async function chooseExport(parts: Parts, args: readonly unknown[]): Promise<ExportChoice | undefined> {
  const { masking, context } = parts;
  const steps = [askForLeads, askForFormat, askForProperties, ...(masking.on ? [askForContacts] : [])];
  let draft: Partial<Draft> = lastChosen(context.globalState);
  for (let index = 0; index < steps.length;) {
    const place = { title: l10n.t('Export Leads'), step: index + 1, totalSteps: steps.length };
    const answer: Answer = await steps[index]?.({ parts, args, draft, place });
    if (answer === undefined) return undefined;
    if (answer !== back) draft = { ...draft, ...answer };
    index += answer === back ? -1 : 1;
  }
  const { leads, format = 'ndjson', properties = 'all', masked = false } = draft;
  if (!masked && !(await confirmRealData(masking, l10n.t('The exported file')))) return undefined;
  await context.globalState.update(lastName, { format, properties: keptProperties(properties) });
  return {
    leads,
    masked,
    format: {
      format,
      properties: properties === 'all' ? undefined : properties === 'visible' ? rowProperties : properties,
      byteOrderMark: readSetting('export.csvByteOrderMark'),
      separator: readSetting('export.csvSeparator'),
    },
  };
}

/** The name under which VS Code keeps what was chosen last. */
const lastName = 'lastExport';

/** Names of properties are anybody's words: none that holds a contact goes to the disk. */
function keptProperties(properties: ExportedProperties): ExportedProperties {
  return typeof properties === 'string' ? properties : properties.filter((name) => !holdsContactForm(name));
}

/** Format and properties of the last export, as far as they are there. */
function lastChosen(memento: vscode.Memento): Partial<Draft> {
  const { format: name, properties } = memento.get<Record<string, unknown>>(lastName, {});
  const format = formatNames.find((one) => one === name);
  return {
    ...(format && { format }),
    ...((properties === 'all' || properties === 'visible') && { properties }),
    ...(Array.isArray(properties) && { properties: properties.filter((name) => typeof name === 'string') }),
  };
}

async function askForLeads({ parts: { current, selection }, args, place }: StepContext): Promise<Answer> {
  const loaded = current.list?.leads ?? [];
  const selected = leadsFromArguments(args, selection);
  const choice = (label: string, leads: readonly Lead[] | undefined, count = leads?.length): Choice => ({
    label,
    description: count === undefined ? undefined : plural(count, l10n.t('{0} lead|{0} leads')),
    chosen: { leads },
  });
  const choices = [
    choice(l10n.t('Every lead of this view'), undefined, current.list?.total),
    ...(loaded.length > 0 ? [choice(l10n.t('The loaded leads'), loaded)] : []),
    ...(selected.length > 0 ? [choice(l10n.t('The selected leads'), selected)] : []),
  ];
  return choose({
    ...place,
    placeholder: l10n.t('Which leads?'),
    // From a tree row's menu it is about that row first.
    items: args.length > 0 ? choices.reverse() : choices,
  });
}

function askForFormat({ draft, place }: StepContext): Promise<Answer> {
  const items = formatNames.map((format): Choice => {
    const { label, description } = formats[format];
    return { label, description, chosen: { format } };
  });
  return choose({
    ...place,
    placeholder: l10n.t('Which format?'),
    items: firstOf(items, ({ chosen }) => chosen.format === draft.format),
  });
}

async function askForProperties(context: StepContext): Promise<Answer> {
  const { draft, place, parts } = context;
  const ways: readonly (Choice & { readonly way: 'all' | 'visible' | 'some' })[] = [
    { label: l10n.t('All properties'), way: 'all', chosen: { properties: 'all' } },
    {
      label: l10n.t('The visible ones'),
      description: rowProperties.map((name) => parts.masking.propertyTitle(name)).join(', '),
      way: 'visible',
      chosen: { properties: 'visible' },
    },
    { label: l10n.t('Choose…'), way: 'some', chosen: {} },
  ];
  const last = typeof draft.properties === 'object' ? 'some' : draft.properties;
  for (;;) {
    const answer = await pickStep({
      ...place,
      placeholder: l10n.t('Which properties?'),
      items: firstOf(ways, ({ way }) => way === last),
    });
    if (answer === undefined || answer === back) return answer;
    if (answer.way !== 'some') return answer.chosen;
    const names = await askForNames(context);
    if (names !== back) return names && { properties: names };
  }
}

async function askForNames({ parts, draft, place }: StepContext): Promise<readonly string[] | typeof back | undefined> {
  const { current, masking } = parts;
  const last = typeof draft.properties === 'object' ? draft.properties : rowProperties;
  const items = seenProperties(draft.leads ?? current.list?.leads ?? []).map(({ name, example }) => ({
    label: masking.propertyTitle(name, 80, example?.lead),
    description: singleLine(masking.name(name, example?.lead), 80),
    name,
  }));
  const chosen = await pickManyStep({
    ...place,
    placeholder: l10n.t('The documented ones and those of the loaded leads'),
    items,
    chosen: items.filter(({ name }) => last.includes(name)),
  });
  return typeof chosen === 'object' ? chosen.map(({ name }) => name) : chosen;
}

function askForContacts({ place }: StepContext): Promise<Answer> {
  return choose({
    ...place,
    placeholder: l10n.t('Contacts are masked. What shall the file hold?'),
    items: [
      {
        label: l10n.t('Masked contacts'),
        description: l10n.t('pseudonyms in the place of names, e-mail addresses, phone numbers and User IDs'),
        chosen: { masked: true },
      },
      { label: l10n.t('Real contacts'), chosen: { masked: false } },
    ],
  });
}

async function choose(step: PickStep<Choice>): Promise<Answer> {
  const answer = await pickStep(step);
  return typeof answer === 'object' ? answer.chosen : answer;
}

/** What was chosen last is the first; the others keep their order. */
function firstOf<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): Item[] {
  return [...items.filter(isFirst), ...items.filter((item) => !isFirst(item))];
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
