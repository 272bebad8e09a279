import assert from 'node:assert/strict';
import { DashlyClient } from '../../../src/dashly/client';
import { csv } from '../../../src/export/formats/csv';
import { ContactMask } from '../../../src/leads/contactMask';
import { Masking } from '../../../src/leads/masking';
import {
  contactKind,
  documentedKind,
  eventProperty,
  propertyGroup,
  propertyGroups,
  propertyGroupTitle,
  propertyTitle,
  rowProperties,
  systemProperties,
} from '../../../src/leads/properties';
import { comparesContact } from '../../../src/leads/queryWords';
import { seenProperties } from '../../../src/leads/seenProperties';
import { typedProperty } from '../../../src/leads/values';
import { leadLabel } from '../../../src/leads/wording';
import { SampleApi, sampleAdapter } from '../../../src/sample/sampleApi';
import { SampleApp } from '../../../src/sample/sampleApp';
import { fieldMatch, searchNeedle } from '../../../src/search/searchFields';
import { leadOf } from './leadsModel';

describe('a property', () => {
  it("has a title, with the event's name where it is known", () => {
    const events = new Map([['18', 'Signed up']]);
    assert.equal(propertyTitle('$email'), 'E-mail');
    assert.equal(propertyTitle('$event_18_count', events), 'Signed up, count');
    assert.equal(propertyTitle('$event_19_last', events), 'Event 19, last time');
    assert.equal(propertyTitle('$something_new'), '$something_new');
    assert.equal(propertyTitle('orders'), 'orders');
    assert.deepEqual(eventProperty('$event_1448121617782670208_first'), {
      eventId: '1448121617782670208',
      part: 'first',
    });
    assert.equal(eventProperty('$event_18_median'), undefined);
  });

  it('belongs to one group', () => {
    for (const [name, group] of [
      ['$email', 'contacts'],
      ['$last_seen', 'activity'],
      ['$current_something', 'activity'],
      ['$city', 'place'],
      ['$last_utm_term', 'source'],
      ['$initial_utm_term', 'source'],
      ['$initial_referrer', 'source'],
      ['$last_session_referrer', 'source'],
      ['$revenue', 'shop'],
      ['$strange', 'system'],
      ['orders', 'custom'],
      ['name', 'custom'],
      ['constructor', 'custom'],
      ['$event_18_last', 'events'],
    ]) {
      assert.equal(propertyGroup(name!), group, name);
    }
    assert.equal(new Set(propertyGroups.map(propertyGroupTitle)).size, propertyGroups.length);
  });
});

describe('the table of system properties', () => {
  const identifying = systemProperties.filter(({ identifies }) => identifies).map(({ name }) => name);

  it('names each property once', () => {
    const names = systemProperties.flatMap(({ name, field, visit }) => [name, field, visit?.otherName]);
    const given = names.filter((name) => name !== undefined);
    assert.equal(new Set(given).size, given.length);
    assert.ok(systemProperties.every(({ name }) => name.startsWith('$')));
  });

  it('says what is a contact: masked, hidden in words about filters, and text whatever it looks like', () => {
    const mask = new ContactMask('key');
    const contacts = systemProperties.filter(({ contact }) => contact);
    assert.deepEqual(
      contacts.map(({ name, field }) => [name, field]),
      [
        ['$name', undefined],
        ['$email', 'email'],
        ['$phone', 'phone'],
        ['$user_id', 'user_id'],
        ['$avatar', 'avatar'],
      ],
    );
    for (const name of contacts.flatMap(({ name, field }) => (field === undefined ? [name] : [name, field]))) {
      const lead = leadOf('1', { [name]: '2014-06-17' });
      assert.notEqual(mask.lead(lead).props[name], '2014-06-17', name);
      assert.equal(comparesContact({ type: 'str_eq', property_name: name, value: { value: 'x' } }), true, name);
      assert.equal(typedProperty(name, '2014-06-17').kind, 'text', name);
    }
    for (const name of ['$last_seen', '$city', 'name', 'constructor', '__proto__']) {
      assert.equal(contactKind(name), undefined, name);
    }
  });

  it('says what a lead is called by, found by, and which columns come first', () => {
    assert.deepEqual(identifying, ['$name', '$email', '$phone', '$user_id']);
    const masking = new Masking('key');
    for (const [index, name] of identifying.entries()) {
      const props = Object.fromEntries(identifying.slice(index).map((each) => [each, `the ${each}`]));
      assert.equal(leadLabel(leadOf('1', props), masking), `the ${name}`);
      assert.equal(fieldMatch(leadOf('1', { [name]: 'needle' }), searchNeedle('needle'))?.property, name);
    }
    assert.equal(fieldMatch(leadOf('1', { $city: 'needle' }), searchNeedle('needle')), undefined);
    assert.deepEqual(rowProperties, [...identifying, '$last_seen']);
    const rows = csv.encoder({});
    rows.encode([leadOf('1', Object.fromEntries(['a', '$a', ...rowProperties].map((name) => [name, 'x'])))]);
    const { names } = rows.kept as { names: string[] };
    assert.deepEqual(names.slice(2), [...rowProperties, '$a', 'a']);
  });

  it('is offered where a property is chosen, but for what only a visit has', () => {
    const offered = seenProperties([]).map(({ name }) => name);
    assert.deepEqual(
      offered,
      systemProperties.filter(({ visit }) => !visit).map(({ name }) => name),
    );
    assert.ok(offered.every((name) => documentedKind(name) !== undefined));
  });

  it('knows every system property of the sample app, with its type', async () => {
    const api = new SampleApi(new SampleApp({ leads: 300 }));
    const { token } = api;
    const client = new DashlyClient({
      address: 'http://localhost',
      app: '$self_app',
      token,
      adapter: sampleAdapter(api),
    });
    const names = new Set<string>();
    for (let offset = 0; offset < 300; offset += 50) {
      const { leads } = await client.listLeads({ offset, limit: 50 }, new AbortController().signal);
      for (const { props } of leads) for (const name of Object.keys(props)) names.add(name);
    }
    // The app also has names that no service has, to see what becomes of them.
    const system = [...names].filter((name) => /^\$[a-z_]+$/.test(name) && name !== '$unheard_of');
    assert.ok(system.length > 10);
    assert.deepEqual(
      system.filter((name) => documentedKind(name) === undefined),
      [],
    );
  });
});
