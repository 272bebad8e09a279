import assert from 'node:assert/strict';
import { eventTypes } from '../../src/sample/leadHistory';
import { jsonResponse } from '../../src/sample/sampleApi';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('A card of a lead that means harm, or is large', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  const happened: string[] = [];
  before(async () => {
    served = await serveApp({ seed: 3, leads: 100 });
    workbench = await openWorkbench();
    card = new LeadCard(workbench);
    await connectApp(workbench, served);
    const { page } = workbench;
    page.on('dialog', (dialog) => happened.push(`dialog: ${dialog.message()}`));
    page.on('popup', (popup) => happened.push(`popup: ${popup.url()}`));
    page.on('request', (request) => {
      if (/tracker|evil/.test(request.url())) happened.push(`request: ${request.url()}`);
    });
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  it('shows a text of 100,000 characters in full when asked to', async () => {
    const id = served.app
      .idsOf('hostile text')
      .find((each) => served.app.record(each)!.props.$city === 'x'.repeat(100_000));
    assert.ok(id);
    await card.openId(id);
    const city = card.property('$city');
    const more = city.getByRole('button', { name: 'Show 99,600 more characters' });
    await more.click();
    assert.equal(await shownText('$city'), 'x'.repeat(100_000));
    await city.getByRole('button', { name: 'Show less' }).click();
    assert.equal((await shownText('$city')).length, 401);
  });

  it('shows hostile text in every part of the details, events and conversations as itself, and nothing happens', async () => {
    const text =
      '<img src="https://tracker.example/x.png" onerror="alert(1)"><script>alert(2)</script>[a](command:workbench.action.quit)';
    const [{ id: type } = { id: 0 }] = eventTypes;
    const events = {
      [`$event_${type}_first`]: '2019-01-01T00:00:00',
      [`$event_${type}_last`]: '2020-01-01T00:00:00',
      [`$event_${type}_count`]: 5,
    };
    const id = served.app.add({ $name: 'Poisoned', $last_seen: '2030-01-01T00:00:00', ...events }, 'online');
    const answer = served.api.handle.bind(served.api);
    served.api.handle = async (request) => {
      const response = await answer(request);
      return request.url.includes(`/users/${id}`)
        ? jsonResponse(response.status, poisoned(await response.text(), text))
        : response;
    };
    try {
      await card.openId(id);
      await card.detailsRead();
      const shown = card.frame.getByText(text, { exact: true });
      await card.frame.locator('.page').filter({ has: shown }).waitFor();
      await card.frame.locator('.property[data-key^="visit:"]').filter({ has: shown }).first().waitFor();
      await card.tab('Events');
      await card.button('Show Event History').click();
      await card.frame.locator('.occurrence-name').filter({ hasText: text }).first().waitFor();
      assert.ok((await card.frame.locator('.event-name').allInnerTexts()).includes(text));
      await card.tab('More');
      for (const title of ['Segments', 'Tags', 'Notes', 'Conversations']) {
        const section = card.frame.getByRole('region', { name: title });
        assert.equal(await section.count(), await section.filter({ has: shown }).count(), title);
      }
      assert.equal(await strangeElements(), 0);
      assert.deepEqual(happened, []);
    } finally {
      served.api.handle = answer;
      await card.tab('Properties');
    }
  });

  it('holds 1,000 properties and 200 events', async () => {
    const [id] = served.app.idsOf('many properties');
    await card.openId(id!);
    await card.detailsRead();
    const wanted = Object.keys(served.app.record(id!)!.props).sort();
    await waitUntil('all properties are on the card', async () => (await card.properties()).length === wanted.length);
    assert.deepEqual((await card.properties()).sort(), wanted);
    await card.filter('custom_0999');
    await waitUntil('one property is left', async () => (await card.properties()).join() === 'custom_0999');
    await card.tab('Events');
    assert.equal(await card.frame.locator('.event-rows > .event').count(), 200);
    assert.equal(await card.frame.locator('.event-rows .lane circle').first().isVisible(), true);
  });

  /** How many elements there are that a card never makes. */
  function strangeElements(): Promise<number> {
    return card.frame.locator('main :is(script, img, iframe, object, embed, a, form, video, audio, style)').count();
  }

  async function shownText(name: string): Promise<string> {
    return (
      (await card.property(name).locator('vscode-data-grid-cell').nth(1).locator('.text').first().textContent()) ?? ''
    );
  }
});

/** An answer in which every text is another one, but ids and what the client branches on. */
function poisoned(body: string, text: string): string {
  return JSON.stringify(
    JSON.parse(body, (key, value: unknown) =>
      typeof value === 'string' && !/(^|_)id$|^presence$|^removed$/.test(key) ? text : value,
    ),
  );
}
