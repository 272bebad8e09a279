import assert from 'node:assert/strict';
import { reportText } from '../../../src/account/connectionReport';

describe('The report of a check of the connection', () => {
  it('has every step on a line, with its time, and those that were not reached', () => {
    const text = reportText(
      [
        { name: 'address', outcome: 'good', found: 'Dashly, https://api.dashly.app' },
        { name: 'name', outcome: 'failed', found: 'dns', milliseconds: 12, advice: 'Do this.' },
      ],
      { 'VS Code': '1.105.0' },
    );
    assert.match(text, /^Address +ok +Dashly, https:\/\/api\.dashly\.app$/m);
    assert.match(text, /^Name resolved +FAILED +dns \(12 ms\)\n +→ Do this\.$/m);
    assert.equal(text.match(/not reached$/gm)?.length, 6);
    assert.match(text, /^VS Code: 1\.105\.0$/m);
  });

  it('breaks long advice into lines below each other, and loses no word of it', () => {
    const advice = Array.from({ length: 80 }, (_, index) => 'word'.repeat((index % 5) + 1)).join(' ');
    const text = reportText([{ name: 'tls', outcome: 'failed', found: 'tls', advice }], {});
    const lines = text.split('\n');
    const first = lines.findIndex((line) => line.includes('→'));
    const column = lines[first]!.indexOf('→') + 2;
    const end = lines.findIndex((line, index) => index > first && !line.startsWith(' '));
    const advised = lines.slice(first, end).map((line) => line.slice(column));
    assert.ok(advised.length > 5 && advised.every(({ length }) => length <= 90));
    assert.equal(advised.join(' '), advice);
  });
});
