import type * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { defaultSortProp, type Lead, type LeadsQuery, type SortOrder } from '../dashly/lead';
import type { Parts } from '../editor/commands';
import { back, pickStep } from '../editor/steps';
import { showQuickPick } from '../editor/window';
import type { Masking } from '../leads/masking';
import { singleLine } from '../leads/text';
import { describeDirection } from '../leads/queryWords';
import { kindWord, type PropertyKind } from '../leads/properties';
import { seenProperties } from '../leads/seenProperties';

interface PropertyItem extends vscode.QuickPickItem {
  readonly property: string;
  /** Undefined: not known. */
  readonly type: PropertyKind | undefined;
}

/** *Sort Leads By…*: a property, known or typed, then a direction. */
export async function sortLeads({ current, masking }: Pick<Parts, 'current' | 'masking'>): Promise<void> {
  const { query, list } = current;
  const chosen = await pickProperty(query, list?.leads ?? [], masking);
  if (!chosen) return;
  const order = await pickOrder(current.query, chosen, masking);
  if (order) current.setQuery({ ...current.query, sortProp: chosen.name, sortOrder: order });
}

interface SortProperty {
  readonly name: string;
  readonly kind: PropertyKind | undefined;
}

async function pickProperty(
  query: LeadsQuery,
  leads: readonly Lead[],
  masking: Masking,
): Promise<SortProperty | undefined> {
  const sortedBy = query.sortProp ?? defaultSortProp;
  const known: PropertyItem[] = seenProperties(leads).map(({ name, kind }) => ({
    label: masking.propertyTitle(name),
    description: [
      singleLine(masking.name(name), 80),
      kind && kindWord(kind),
      name === sortedBy ? l10n.t('sorted by this now') : undefined,
    ]
      .filter(Boolean)
      .join(' · '),
    property: name,
    type: kind,
  }));
  const item = await pickStep<PropertyItem>({
    title: l10n.t('Sort Leads By'),
    placeholder: l10n.t('A property; leads without it come last'),
    ignoreFocusOut: false,
    items: known,
    active: known.find(({ property }) => property === sortedBy),
    typed: (text) => {
      const name = text.trim();
      if (name === '' || known.some(({ property }) => property === name)) return undefined;
      return {
        label: l10n.t('“{0}”', name),
        description: l10n.t('a property that no loaded lead has'),
        alwaysShow: true,
        property: name,
        type: undefined,
      };
    },
  });
  return item === undefined || item === back ? undefined : { name: item.property, kind: item.type };
}

async function pickOrder(
  query: LeadsQuery,
  { name: sortProp, kind }: SortProperty,
  masking: Masking,
): Promise<SortOrder | undefined> {
  const isSortedByThis = (query.sortProp ?? defaultSortProp) === sortProp;
  // Names are read from A, and everything else is looked through from its greatest.
  const directions = kind === 'string' ? (['asc', 'desc'] as const) : (['desc', 'asc'] as const);
  const orders: (vscode.QuickPickItem & { order: SortOrder })[] = directions.map((order) => {
    const words = describeDirection(sortProp, order, kind);
    return {
      label: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
      order,
      ...(isSortedByThis && order === (query.sortOrder ?? 'desc') && { description: l10n.t('sorted so now') }),
    };
  });
  const title = l10n.t('Sort Leads by {0}', masking.propertyTitle(sortProp, 60));
  return (await showQuickPick(orders, { title, placeHolder: l10n.t('In which order?') }))?.order;
}
