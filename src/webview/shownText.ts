import { groupedDigits } from '../language';
import type { PageValue } from './messages';
import { shownDate } from './time';

/** A value as a page writes it, as one text; empty when it is not set. */
export function shownText(value: PageValue): string {
  switch (value.kind) {
    case 'date':
      return shownDate(value);
    case 'number':
      return groupedDigits(value.text);
    case 'boolean':
      return value.value ? 'Yes' : 'No';
    case 'list':
      return value.items.map(shownText).join(', ');
    case 'unset':
      return '';
    default:
      return value.text;
  }
}
