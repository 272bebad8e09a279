import type * as vscode from 'vscode';
import { defaultSortProp } from '../dashly/lead';
import type { LeadsQuery, SortOrder } from '../dashly/lead';
import type { CurrentLeads } from '../leads/currentLeads';
import { singleLine } from '../leads/text';
import { propertyTitle } from '../leads/properties';
import { describeDirection } from '../leads/queryWords';
import type { PropertyKind } from '../leads/properties';
import { seenProperties } from '../leads/seenProperties';
import { createQuickPick, showQuickPick } from '../editor/window';

interface PropertyItem extends vscode.QuickPickItem {
  /** Undefined: what was typed. */
  readonly property?: string;
  readonly type?: PropertyKind;
}

/** *Sort Leads By…*: a property, known or typed, then a direction. */
export async function sortLeads(current: CurrentLeads): Promise<void> {
  const chosen = await pickProperty(current);
  if (!chosen) return;
  const order = await pickOrder(current.query, chosen.name, chosen.kind);
  if (order) current.setQuery({ ...current.query, sortProp: chosen.name, sortOrder: order });
}

function pickProperty({
  query,
  list,
}: CurrentLeads): Promise<{ name: string; kind: PropertyKind | undefined } | undefined> {
  const sortedBy = query.sortProp ?? defaultSortProp;
  const known: PropertyItem[] = seenProperties(list?.leads ?? []).map(({ name, kind }) => ({
    label: singleLine(propertyTitle(name), 80),
    description: [singleLine(name, 80), kind, name === sortedBy ? 'sorted by this now' : undefined]
      .filter(Boolean)
      .join(' · '),
    property: name,
    type: kind,
  }));
  return new Promise((resolve) => {
    const pick = createQuickPick<PropertyItem>();
    pick.title = 'Sort Leads By';
    pick.placeholder = 'A property; leads without it come last';
    pick.matchOnDescription = true;
    pick.items = known;
    pick.activeItems = known.filter(({ property }) => property === sortedBy);
    pick.onDidChangeValue((typed) => {
      const name = typed.trim();
      const other = name !== '' && !known.some(({ property }) => property === name);
      pick.items = other
        ? [
            ...known,
            {
              label: `“${name}”`,
              description: 'a property that no loaded lead has',
              alwaysShow: true,
              property: name,
            },
          ]
        : known;
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      resolve(item?.property === undefined ? undefined : { name: item.property, kind: item.type });
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

async function pickOrder(
  query: LeadsQuery,
  sortProp: string,
  kind: PropertyKind | undefined,
): Promise<SortOrder | undefined> {
  const isSortedByThis = (query.sortProp ?? defaultSortProp) === sortProp;
  // Names are read from A, and everything else is looked through from its greatest.
  const directions = kind === 'string' ? (['asc', 'desc'] as const) : (['desc', 'asc'] as const);
  const orders: (vscode.QuickPickItem & { order: SortOrder })[] = directions.map((order) => {
    const words = describeDirection(sortProp, order, kind);
    return {
      label: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
      order,
      ...(isSortedByThis && order === (query.sortOrder ?? 'desc') && { description: 'sorted so now' }),
    };
  });
  const title = `Sort Leads by ${singleLine(propertyTitle(sortProp), 60)}`;
  return (await showQuickPick(orders, { title, placeHolder: 'In which order?' }))?.order;
}
