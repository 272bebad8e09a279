import assert from 'node:assert/strict';
import { Liveliness } from '../../../src/sample/liveliness';
import { sampleAddress, SampleApi } from '../../../src/sample/sampleApi';
import { SampleApp } from '../../../src/sample/sampleApp';
import { noon } from './sampleRequest';

describe('a live sample app', () => {
  const livedFor = (minutes: number, looks: number) => {
    let now = noon;
    const app = new SampleApp({ leads: 800, now: () => now });
    const liveliness = new Liveliness(app);
    for (let look = 1; look <= looks; look++) {
      now = noon + (minutes * 60_000 * look) / looks;
      liveliness.catchUp();
    }
    return app;
  };
  const state = (app: SampleApp) =>
    app
      .query()
      .map((id) => app.json(id))
      .join('\n');

  it('has leads come, go and appear as time passes', () => {
    const before = livedFor(0, 1);
    const after = livedFor(9, 9);
    assert.ok(after.count > before.count);
    const online = (app: SampleApp) => app.query().filter((id) => app.record(id)!.presence === 'online');
    assert.ok(online(after).some((id) => before.record(id)?.presence !== 'online'));
    assert.ok(online(before).some((id) => after.record(id)?.presence !== 'online'));
  });

  it('is the same whether it is looked at once or often', () => {
    assert.deepEqual(livedFor(9, 1).query(), livedFor(9, 54).query());
    assert.ok(state(livedFor(9, 1)) === state(livedFor(9, 54)));
  });

  it('does not catch up with more than ten minutes', () => {
    const app = livedFor(60 * 24 * 30, 1);
    assert.ok(app.count - 800 < 60);
  });

  it('is what a live API shows, and no other', () => {
    let now = noon;
    const apps = [true, false].map((live) => {
      const app = new SampleApp({ leads: 100, now: () => now });
      const before = state(app);
      return { app, before, api: new SampleApi(app, { live }) };
    });
    now += 3_600_000;
    for (const { api } of apps) api.handle(new Request(sampleAddress));
    assert.deepEqual(
      apps.map(({ app, before }) => state(app) !== before),
      [true, false],
    );
  });
});
