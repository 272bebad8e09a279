import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filterSchema } from '../../../src/filter/filterSchema';

const file = join(__dirname, '../../../media/leads-filter.schema.json');

describe('The file with the JSON schema of filters', () => {
  // UPDATE_SCHEMA=1 writes the file.
  it('is what the tables of conditions, operands and properties say', () => {
    const text = `${JSON.stringify(filterSchema(), null, 2)}\n`;
    if (process.env.UPDATE_SCHEMA === '1') writeFileSync(file, text);
    assert.equal(readFileSync(file, 'utf8'), text);
  });
});
