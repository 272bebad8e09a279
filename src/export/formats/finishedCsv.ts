import { textCell } from './csvCell';
import type { CsvColumns } from './csvRows';
import type { Chunks } from './exportFormat';
import { joined } from './finishedJson';

const endOfRow = 0xff;
const encoder = new TextEncoder();

/** A property that is called like one of the lead's own columns gets a title that tells them apart. */
function columnTitle(name: string, index: number): string {
  return textCell(index >= 2 && (name === 'id' || name === 'presence') ? `props.${name}` : name);
}

/** A CSV with a header and with equally many cells in each row, from rows that have as many as were known then. */
export async function* finishedCsv(
  rows: Chunks, { names, widths }: CsvColumns, byteOrderMark: boolean,
): AsyncGenerator<Uint8Array, void> {
  yield encoder.encode(`${byteOrderMark ? '\ufeff' : ''}${names.map(columnTitle).join(',')}\r\n`);
  let row = 0;
  let step = -1;
  let ending = encoder.encode('\r\n');
  const endingOfRow = (): Uint8Array => {
    for (let next = widths[step + 1]; next && next.row <= row; next = widths[step + 1]) {
      step += 1;
      ending = encoder.encode(`${','.repeat(names.length - next.columns)}\r\n`);
    }
    return ending;
  };
  for await (const chunk of rows) {
    const pieces: Uint8Array[] = [];
    for (let from = 0; from < chunk.length;) {
      const end = chunk.indexOf(endOfRow, from);
      pieces.push(chunk.subarray(from, end < 0 ? undefined : end));
      if (end < 0) {
        break;
      }
      pieces.push(endingOfRow());
      row += 1;
      from = end + 1;
    }
    yield joined(pieces);
  }
}
