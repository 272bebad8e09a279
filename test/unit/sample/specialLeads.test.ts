import assert from 'node:assert/strict';
import { hostileExamples } from '../../service/hostileTexts';
import { TestApp } from '../../service/testApp';
import { noon } from './sampleRequest';

describe('the leads of the test service', () => {
  it('are of every kind of special lead, hostile text in every place among them', () => {
    const app = new TestApp({ leads: 300, now: () => noon });
    assert.deepEqual(
      app.idsOf('only a User ID').map((id) => Object.keys(app.record(id)!.props)),
      [['$user_id'], ['$user_id']],
    );
    assert.deepEqual(app.record(app.idsOf('only a conversation')[0]!)!.props, {});
    assert.equal(app.idsOf('hostile text').length, hostileExamples.length);
    const [long] = app.idsOf('long name');
    assert.ok(String(app.record(long!)!.props.$name).length > 150);
    const [many] = app.idsOf('many properties');
    const names = Object.keys(app.record(many!)!.props);
    assert.equal(names.length, 1000);
    assert.equal(names.filter((name) => /^\$event_\d+_count$/.test(name)).length, 200);
    assert.equal(app.count, 300);
    assert.equal(app.query().length, 300);
  });

  it('are left out where an app is too small for them', () => {
    assert.deepEqual(new TestApp({ leads: 25 }).idsOf('only a User ID'), []);
    assert.equal(new TestApp({ leads: 26 }).idsOf('only a User ID').length, 1);
    assert.equal(new TestApp({ leads: 26 }).count, 26);
  });
});
