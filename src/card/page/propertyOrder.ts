import { language } from '../../language';
import { dateInUtc } from '../../leads/dates';
import type { ShownGroup, ShownProperty } from '../shownCard';
import type { PageValue } from '../../webview/messages';
import { shownText } from '../../webview/shownText';
import { shownDate } from '../../webview/time';

/** What the properties are sorted by; `group` is the order in which the host sent them. */
export interface PropertyOrder {
  readonly by: 'group' | 'name' | 'value';
  readonly descending: boolean;
}

const collator = new Intl.Collator(language(), { numeric: true, sensitivity: 'base' });

/** The texts by which a value is found: what it reads as, and what the service would say. */
function searchedTexts(value: PageValue): readonly string[] {
  switch (value.kind) {
    case 'date':
      return [shownDate(value), dateInUtc(value)];
    case 'number':
      return [value.text, shownText(value)];
    case 'boolean':
      return [shownText(value), String(value.value)];
    case 'list':
      return value.items.flatMap(searchedTexts);
    default:
      return [shownText(value)];
  }
}

/** The groups with what holds the text in its name, title or value, ignoring case, sorted inside each group. */
export function arranged(groups: readonly ShownGroup[], filter: string, order: PropertyOrder): ShownGroup[] {
  const wanted = filter.trim().toLowerCase();
  return groups
    .map((group) => ({
      ...group,
      properties: sorted(
        group.properties.filter((property) => !wanted || holds(property, wanted)),
        order,
      ),
    }))
    .filter((group) => group.properties.length > 0);
}

function holds({ name, title, value }: ShownProperty, wanted: string): boolean {
  return [name, title, ...searchedTexts(value)].some((text) => text.toLowerCase().includes(wanted));
}

function sorted(properties: readonly ShownProperty[], { by, descending }: PropertyOrder): readonly ShownProperty[] {
  if (by === 'group') return properties;
  const direction = descending ? -1 : 1;
  return [...properties].sort((a, b) => {
    const names = collator.compare(a.title, b.title);
    return direction * (by === 'name' ? names : compareValues(a.value, b.value) || names);
  });
}

/** Values of one kind together; numbers and dates by size, the rest as people sort text. */
function compareValues(a: PageValue, b: PageValue): number {
  if (a.kind === 'number' && b.kind === 'number') return Number(a.text) - Number(b.text);
  if (a.kind === 'date' && b.kind === 'date') return a.time - b.time;
  return collator.compare(kindOrder(a), kindOrder(b)) || collator.compare(shownText(a), shownText(b));
}

function kindOrder({ kind }: PageValue): string {
  return String(
    ['number', 'date', 'boolean', 'text', 'address', 'list', 'json', 'unset'].indexOf(
      kind === 'address' ? 'text' : kind,
    ),
  );
}
