import * as l10n from '@vscode/l10n';
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
      return value.value ? l10n.t('Yes') : l10n.t('No');
    case 'list':
      return value.items.map(shownText).join(', ');
    case 'unset':
      return '';
    default:
      return value.text;
  }
}
