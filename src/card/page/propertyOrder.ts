import type { CardValue, ShownGroup, ShownProperty } from '../content';

/** What the properties are sorted by; `group` is the order in which the host sent them. */
export interface PropertyOrder {
  readonly by: 'group' | 'name' | 'value';
  readonly descending: boolean;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** A value as one text, for filtering and as a cell's name. */
export function valueText(value: CardValue): string {
  switch (value.kind) {
    case 'date':
      return new Date(value.time).toISOString();
    case 'boolean':
      return String(value.value);
    case 'list':
      return value.items.join(', ');
    case 'unset':
      return '';
    default:
      return value.text;
  }
}

/**
 * The groups with what holds the text in its name, title or value, ignoring case, sorted inside each group.
 * @param texts the value as the page paints it, where that says more than `valueText` (a date in the user's zone)
 */
export function arranged(
  groups: readonly ShownGroup[],
  filter: string,
  order: PropertyOrder,
  texts: (value: CardValue) => string = valueText,
): ShownGroup[] {
  const wanted = filter.trim().toLowerCase();
  return groups
    .map((group) => ({
      ...group,
      properties: sorted(
        group.properties.filter((property) => !wanted || holds(property, wanted, texts)),
        order,
      ),
    }))
    .filter((group) => group.properties.length > 0);
}

function holds({ name, title, value }: ShownProperty, wanted: string, texts: (value: CardValue) => string): boolean {
  return [name, title, valueText(value), texts(value)].some((text) => text.toLowerCase().includes(wanted));
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
function compareValues(a: CardValue, b: CardValue): number {
  if (a.kind === 'number' && b.kind === 'number') return Number(a.text) - Number(b.text);
  if (a.kind === 'date' && b.kind === 'date') return a.time - b.time;
  return collator.compare(kindOrder(a), kindOrder(b)) || collator.compare(valueText(a), valueText(b));
}

function kindOrder({ kind }: CardValue): string {
  return String(
    ['number', 'date', 'boolean', 'text', 'address', 'list', 'json', 'unset'].indexOf(
      kind === 'address' ? 'text' : kind,
    ),
  );
}
