import assert from 'node:assert/strict';
import type { Lead } from '../../../src/dashly/lead';
import { leadTitle } from '../../../src/documents/leadReference';
import { Masking } from '../../../src/leads/masking';

function lead(props: Lead['props']): Lead {
  return { id: '3568', presence: 'offline', props, record: { id: '3568', presence: 'offline', props: { ...props } } };
}

describe('The title of a lead, which VS Code keeps on disk', () => {
  const contacts = { $email: 'ada@example.com', $phone: '+44 20 7946 0001', $user_id: 'ada-1815' };

  it('is its name', () => {
    assert.equal(leadTitle(lead({ $name: 'Ada Lovelace', ...contacts }), new Masking('key', false)), 'Ada Lovelace');
  });

  it('is its id when it has no name, whatever contacts it has', () => {
    for (const $name of [undefined, null, '', ' \u200b', 7]) {
      const props = $name === undefined ? contacts : { $name, ...contacts };
      assert.equal(leadTitle(lead(props), new Masking('key', false)), 'Lead 3568', String($name));
    }
  });

  it('is its pseudonym while contacts are masked', () => {
    assert.match(leadTitle(lead({ $name: 'Ada Lovelace', ...contacts }), new Masking('key', true)), /^Lead [0-9A-F]+$/);
    assert.doesNotMatch(leadTitle(lead(contacts), new Masking('key', true)), /ada|7946/);
  });
});
