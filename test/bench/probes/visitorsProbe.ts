/**
 * Runs inside the extension host: how long *Online Now* takes for all of its visitors, from the answer to the rows that VS
 * Code asks for. What VS Code does with the rows is not in it.
 */
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { Visitor } from '../../../src/dashly/activeUsers';
import { DashlyClient } from '../../../src/dashly/client';
import type { CursorPage } from '../../../src/dashly/cursorPage';
import type { Parts } from '../../../src/editor/commands';
import type { LateTree } from '../../../src/editor/lateTree';
import { CurrentLeads } from '../../../src/leads/currentLeads';
import { Masking } from '../../../src/leads/masking';
import { type OnlineTreeElement, OnlineView } from '../../../src/online/onlineView';
import { sampleAdapter, sampleAddress } from '../../../src/sample/sampleApi';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';
import { testOutputMark } from '../../vscode/testOutput';
import { workedTime } from './workedTime';

declare const VISITORS: number;
declare const ROUNDS: number;

/** What the view gives VS Code. */
type Rows = Parameters<LateTree<OnlineTreeElement>['show']>[0];

export async function run(): Promise<void> {
  const site = visitedSite();
  // Two answers in which everybody has gone on to another page, the last first: each row is another, in another place.
  const answers = [await site.answer(), await site.everybodyGoesOn()];
  let given = 0;
  const current = new CurrentLeads(50);
  current.setConnection({
    name: 'Busy',
    client: Object.assign(Object.create(DashlyClient.prototype) as DashlyClient, {
      listActiveUsers: () => Promise.resolve(answers[given++ % answers.length]),
      listLeads: () => new Promise(() => undefined),
    }),
    isSample: false,
    key: 'busy',
    fingerprint: () => Promise.resolve(''),
  });
  const { tree, rows } = watchedTree();
  const { EventEmitter } = vscode;
  const view = new OnlineView(
    {
      current,
      masking: new Masking('key'),
      context: { globalState: { get: () => undefined } },
      log: { warn: (text: string) => console.log(text) },
      selection: { set: () => undefined },
      names: undefined,
      seen: new EventEmitter(),
    } as unknown as Parts,
    tree,
  );
  const [elapsed, worked]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const [start, begun] = [performance.now(), workedTime()];
    await view.read();
    const drawn = ((await rows().getChildren()) ?? []).map((element) => rows().getTreeItem(element));
    elapsed.push(performance.now() - start);
    worked.push(workedTime() - begun);
    if (drawn.length !== VISITORS) throw new Error(`There are ${drawn.length} rows.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  console.log(testOutputMark + JSON.stringify({ elapsed, worked }));
  view.dispose();
}

/** A site with visitors, and what the client makes of an answer that names them all. */
function visitedSite() {
  const app = new TestApp({ leads: 60, special: false });
  app.site.inOnePiece = true;
  const api = new TestApi(app);
  const pages = ['Pricing', 'Docs', 'Checkout', 'Blog'];
  const visitors = Array.from({ length: VISITORS }, (_, index) =>
    app.site.come(pages[index % pages.length] ?? '', Date.now() - index * 1000),
  );
  for (const id of app.query()) app.change(id, {}, 'offline');
  const client = new DashlyClient({
    address: sampleAddress,
    adapter: sampleAdapter(api),
    app: '$self_app',
    token: api.token,
  });
  const answer = (): Promise<CursorPage<Visitor>> => client.listActiveUsers({}, new AbortController().signal);
  return {
    answer,
    everybodyGoesOn(): Promise<CursorPage<Visitor>> {
      for (const [index, id] of visitors.entries()) app.site.open(id, `Page ${index}`, Date.now() + index);
      return answer();
    },
  };
}

/** A tree in sight that VS Code does not draw. */
function watchedTree(): { tree: LateTree<OnlineTreeElement>; rows: () => Rows } {
  let shown: Rows | undefined;
  const none = new vscode.EventEmitter();
  const tree = {
    id: 'dashlyLeads.online',
    view: { visible: true, selection: [], onDidChangeVisibility: none.event, onDidChangeSelection: none.event },
    show: (rows: Rows) => (shown = rows),
    setMessage: () => undefined,
  };
  return {
    tree: tree as unknown as LateTree<OnlineTreeElement>,
    rows: () => {
      if (!shown) throw new Error('The view has no rows.');
      return shown;
    },
  };
}
