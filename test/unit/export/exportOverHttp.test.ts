import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { DashlyError } from '../../../src/dashly/errors';
import { isJsonObject } from '../../../src/dashly/json';
import { fault } from '../../service/faults';
import { ServedExport } from './servedExport';

const sameJson = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));

describe('An export over HTTP', function () {
  this.timeout(120_000);
  let served: ServedExport;
  afterEach(() => served.close());

  it('is complete and true while leads are changed, added, removed and come online', async () => {
    served = await ServedExport.open(14_000);
    const { app } = served;
    const initial = app.query();
    const versions = new Map<string, (string | undefined)[]>();
    const removed = new Set<string>();
    let step = 0;
    // 1 % of the leads, spread over the walk and over before its end.
    const change = (): void => {
      step += 1;
      const id = initial[(step * 7919) % initial.length] ?? '';
      if (removed.has(id) || step > 140) {
        return;
      }
      versions.set(id, [...(versions.get(id) ?? []), app.json(id)]);
      switch (step % 4) {
        case 0:
          app.change(id, { orders: step });
          break;
        case 1:
          app.comeOnline(id);
          break;
        case 2:
          app.add({ $name: `New ${step}` });
          break;
        case 3:
          app.remove(id);
          removed.add(id);
          break;
      }
      versions.get(id)?.push(app.json(id));
    };
    const leadsExport = await served.begin();
    let requests = 0;
    served.before = () => {
      requests += 1;
      if (requests % 2 === 0) {
        change();
      }
    };
    const result = await served.run(leadsExport);
    assert.ok(step > 140, `${step} changes`);
    const lines = await served.lines();
    assert.deepEqual(
      app.query().filter((id) => !lines.has(id)),
      [],
    );
    for (const [id, line] of lines) {
      const known = versions.get(id) ?? [app.json(id)];
      assert.ok(
        known.some((version) => sameJson(version, line)),
        `${id} is not as it ever was`,
      );
    }
    assert.equal(result.missing, 0, JSON.stringify(result));
    assert.equal(result.read, lines.size);
  });

  it('comes through 429 storms, resets, errors, cut and foreign answers', async () => {
    served = await ServedExport.open(600);
    const { faults } = served.api;
    faults.add(fault.tooManyRequests(0), { times: 3 });
    faults.add(fault.reset(), { times: 1, params: { offset: '98' } });
    faults.add(fault.error('Error500'), { times: 1, params: { offset: '196' } });
    faults.add(fault.html(502, 0), { times: 1, params: { offset: '245' } });
    faults.add(fault.truncation(), { times: 1, params: { offset: '294' } });
    faults.add(fault.duplicateRows(), { times: 2 });
    const result = await served.run(await served.begin());
    assert.deepEqual([...(await served.lines()).keys()].sort(), served.app.query().sort());
    assert.deepEqual({ counted: result.countedAtStart, missing: result.missing }, { counted: 600, missing: 0 });
  });

  it('counts records that cannot be decoded as missing, and says so', async () => {
    served = await ServedExport.open(120);
    const [spoilt] = served.app.query().slice(30);
    served.api.faults.add(
      fault.items((items) =>
        items.map((item) => (isJsonObject(item) && item.id === spoilt ? { ...item, id: null } : item)),
      ),
    );
    const result = await served.run(await served.begin());
    assert.deepEqual(
      { read: result.read, missing: result.missing, why: result.reasons.map(({ why }) => why) },
      { read: 119, missing: 1, why: ['undecodable'] },
    );
  });

  it('leaves the old file untouched when it is cancelled, and goes on from there', async () => {
    served = await ServedExport.open(3_000);
    await writeFile(served.path, 'old');
    const cancelling = new AbortController();
    const first = await served.begin();
    served.before = () => {
      if (first.crawl.progress.read > 1_000) {
        cancelling.abort();
      }
    };
    await assert.rejects(served.run(first, cancelling.signal));
    assert.equal(await readFile(served.path, 'utf8'), 'old');
    served.before = () => undefined;
    const second = await served.resume();
    assert.ok(second.crawl.progress.read > 1_000);
    const result = await served.run(second);
    assert.equal(result.read, 3_000);
    assert.deepEqual([...(await served.lines()).keys()].sort(), served.app.query().sort());
    assert.deepEqual(await readdir(served.folder), ['leads.ndjson']);
  });

  it('stops at once when the token is revoked in the middle, and goes on with another', async () => {
    served = await ServedExport.open(3_000);
    const first = await served.begin({ format: { format: 'csv' } });
    served.api.faults.add(fault.error('NotAuthenticated'), { params: { offset: '1470' } });
    await assert.rejects(
      served.run(first),
      (error) => error instanceof DashlyError && error.kind === 'notAuthenticated',
    );
    assert.deepEqual(
      (await readdir(served.folder)).filter((name) => name === 'leads.ndjson'),
      [],
    );
    served.api.faults.clear();
    await served.run(await served.resume());
    const rows = (await readFile(served.path, 'utf8')).match(/^\d+,(online|idle|offline),/gm);
    assert.equal(new Set(rows).size, 3_000);
    assert.equal(rows?.length, 3_000);
  });

  it('says that the folder is gone when it is', async () => {
    served = await ServedExport.open(1_000);
    const leadsExport = await served.begin();
    served.before = ({ offset }) => (offset === 490 ? rm(served.folder, { recursive: true, force: true }) : undefined);
    await assert.rejects(served.run(leadsExport), { name: 'ExportError', kind: 'targetGone' });
  });
});
