import * as l10n from '@vscode/l10n';
import type { ExportFormat } from './exportFormat';
import { idOfLine, lineOf } from './ndjson';

const encoder = new TextEncoder();

/**
 * One JSON array, a lead a line. What belongs between two leads is written before the second, so that there is no last
 * comma.
 */
export const json: ExportFormat = {
  label: 'JSON',
  description: l10n.t('one array'),
  extension: 'json',
  betweenRows: 0x0a,
  idOfRow: (text) => (text === '' || text === '[' ? undefined : idOfLine(text.replace(/,$/, ''))),
  encoder: ({ properties }, before) => {
    let rows = before?.rows ?? 0;
    return {
      encode: (leads) =>
        encoder.encode(leads.map((lead) => `${rows++ === 0 ? '[' : ','}\n${lineOf(lead, properties)}`).join('')),
      kept: undefined,
      end: () => ({ append: encoder.encode(rows === 0 ? '[]\n' : '\n]\n') }),
    };
  },
};
