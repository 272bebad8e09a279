import { connectApp, serveApp, type ServedApp } from '../ui/helpers/servedApp';
import { LeadCard } from '../ui/helpers/leadCard';
import type { Page } from '../vscode/browser';
import { waitUntil } from '../vscode/condition';
import { vsixFile } from '../vscode/folders';
import { packageExtension } from '../vscode/package';
import { vscodeNumber } from '../vscode/prepare';
import { openWorkbench, startSession, stopSession } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { makeEmptyExtension } from './bareExtensions';
import { runProbe } from './probe';
import { type BenchResult, type Benchmark, median } from './result';

/** The default of `dashlyLeads.events.followInterval`, in ms. */
const interval = 3000;
/** What may be added to the wait for the next ask, in ms. */
const mostBesides = 100;
const events = 30;
const visitors = 5000;
const repaints = 20;
const mostForRepaint = 50;
const minute = 60_000;
const follower = 'Bench Follower';

/** What is live: an event on its way to the card, who is on the site, and what that costs the service. */
const benchmark: Benchmark = async () => {
  const host = `VS Code ${await vscodeNumber('oldest')}`;
  return [
    { host: `${host}, extension host`, ...(await repaint()) },
    ...(await inWorkbench()).map((result) => ({ host: `${host}, workbench`, ...result })),
  ];
};

async function repaint(): Promise<BenchResult> {
  const [found] = await runProbe<{ elapsed: number[]; worked: number[] }>(
    'visitorsProbe',
    { VISITORS: visitors, ROUNDS: repaints },
    { extension: await makeEmptyExtension(), timeLimit: 2 * minute },
  );
  if (!found) throw new Error('The visitors could not be measured.');
  const { elapsed, worked } = found;
  console.log(`  repainted in ${milliseconds(elapsed)}; the thread worked ${milliseconds(worked)}`);
  // Of a busy machine the time that goes by says nothing.
  const value = Math.min(...[median(elapsed), median(worked)].filter(Number.isFinite));
  return {
    name: `Online Now: ${visitors.toLocaleString('en')} visitors, each on another page and in another place, work of the host's thread from the answer to the rows that VS Code asks for (median of ${repaints})`,
    value,
    unit: 'ms',
    goal: `≤ ${mostForRepaint}`,
    met: value <= mostForRepaint,
  };
}

async function inWorkbench(): Promise<BenchResult[]> {
  await packageExtension();
  await startSession(vsixFile);
  try {
    const served = await serveApp({ leads: 60, special: false });
    const workbench = await openWorkbench({ size: { width: 1600, height: 1000 } });
    try {
      await connectApp(workbench, served);
      return [await arrival(workbench, served), await requestsAMinute(workbench, served)];
    } finally {
      await workbench.close();
      await served.server.close();
    }
  } finally {
    await stopSession();
  }
}

/** The events come in at moments that are spread evenly over the interval between two asks. */
async function arrival(workbench: Workbench, { app, api }: ServedApp): Promise<BenchResult> {
  const lead = await openCard(workbench, app, follower);
  await workbench.runCommand('Dashly Leads: Follow Events');
  const frame = await cardFrame(workbench.page, follower);
  await frame.getByText(/^Listening, last asked/).waitFor();
  const asks = (): number => api.requests.filter(({ path }) => path.endsWith('/events')).length;
  const times: number[] = [];
  for (let event = 0; event < events; event++) {
    const before = asks();
    await waitUntil('new events are asked for', () => asks() > before);
    const name = `Event ${event}`;
    const painted = frame.evaluate(whenPainted, name);
    await passed((interval * (event + 0.5)) / events);
    const tracked = Date.now();
    app.site.track(lead, name);
    times.push((await painted) - tracked);
  }
  console.log(`  events on the card after ${milliseconds(times)}`);
  const value = median(times);
  const most = interval / 2 + mostBesides;
  return {
    name: `Follow Events: from an event at the service to its painted line on the card, asked for every ${interval / 1000} s (median of ${events})`,
    value,
    unit: 'ms',
    goal: `≤ ${most}`,
    met: value <= most,
  };
}

/** With *Online Now*, a followed card and, beside it, an open conversation in sight, while nothing happens. */
async function requestsAMinute(workbench: Workbench, { app, api }: ServedApp): Promise<BenchResult> {
  const { page } = workbench;
  await workbench.card().getByRole('button', { name: 'Keep This Card Open' }).click();
  const talker = 'Bench Talker';
  await openCard(workbench, app, talker);
  await workbench.runCommand('View: Move Editor into Right Group');
  await (await cardFrame(page, follower)).getByText(/^Listening, last asked/).waitFor({ state: 'attached' });
  const frame = await cardFrame(page, talker);
  await frame.getByRole('tab', { name: /^Conversations/ }).click();
  await frame.locator('[data-conversation]').first().click();
  await frame.locator('.parts > .part').first().waitFor();
  await workbench.runCommand('Dashly Leads: Focus on Online Now View');
  const endpoints = (): string[] => api.requests.map(({ path }) => /[a-z]+$/.exec(path)?.[0] ?? 'lead');
  await waitUntil('all of it is read', () =>
    ['activeusers', 'events', 'parts'].every((one) => endpoints().includes(one)),
  );
  const before = endpoints().length;
  await passed(minute);
  const asked = endpoints().slice(before);
  const counts = [...new Set(asked)].map((one) => `${one} ${asked.filter((other) => other === one).length}`);
  console.log(`  requests in a minute: ${counts.join(', ')}`);
  return {
    name: 'Requests a minute while Online Now, a followed card and an open conversation are in sight and nothing happens',
    value: asked.length,
    unit: '',
    goal: 'told',
    met: true,
  };
}

/** Shows the card of a new lead who has an event and a conversation. @returns the lead's id */
async function openCard(workbench: Workbench, app: ServedApp['app'], name: string): Promise<string> {
  const id = app.add({ $name: name, $last_seen: '2030-01-01T00:00:00' });
  app.site.track(id, 'Before');
  app.conversations.begin(id, [{ body: 'A question' }]);
  await workbench.runCommand('Dashly Leads: Refresh');
  const card = new LeadCard(workbench);
  await card.open(name);
  await card.detailsRead();
  return id;
}

/** The frame of the card of the lead with this name. */
function cardFrame(page: Page, name: string): Promise<ReturnType<Page['frames']>[number]> {
  return waitUntil(`the card of ${name} is there`, async () => {
    for (const frame of page.frames()) {
      const heading = await frame.evaluate(() => document.querySelector('h1')?.textContent).catch(() => undefined);
      if (heading === name) return frame;
    }
    return undefined;
  });
}

/** Runs in a card's frame. @returns when the line of an event with this name was painted, in ms since 1970 */
function whenPainted(name: string): Promise<number> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const names = [...document.querySelectorAll('.occurrence-name')];
      if (!names.some(({ textContent }) => textContent === name)) return;
      observer.disconnect();
      // A task queued in an animation frame runs after that frame was painted.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
    });
    observer.observe(document.body, { subtree: true, childList: true });
  });
}

function passed(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time));
}

function milliseconds(times: readonly number[]): string {
  return `${times.map((time) => time.toFixed(0)).join(' ')} ms`;
}

export default benchmark;
