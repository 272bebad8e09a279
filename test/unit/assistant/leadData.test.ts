import assert from 'node:assert/strict';
import { Cutter } from '../../../src/assistant/answer';
import { leadRow } from '../../../src/assistant/leadData';
import { Masking } from '../../../src/leads/masking';

describe('What a model gets of a lead in a search', () => {
  for (const name of ['id', 'presence', 'props', 'removed', '__proto__']) {
    it(`tells what the service says from what a stranger has written under the name ${name}`, () => {
      const props = JSON.parse(`{"${name}":"9"}`) as Record<string, string>;
      const lead = { id: '1', presence: 'offline', props, record: {} };
      const row = leadRow(lead, [name], new Masking('key'), new Cutter({ text: 300, items: 20 }));
      assert.equal(JSON.stringify(row), `{"id":"1","presence":"offline","props":{"${name}":"9"}}`);
    });
  }
});
