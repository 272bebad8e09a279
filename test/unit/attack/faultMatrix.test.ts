import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commonFaults,
  itemFaults,
  millionItems,
  type TableFault,
  truncations,
  typeFaults,
} from '../../service/faultTable';
import { TestApi } from '../../service/testApi';
import { sampleAddress } from '../../../src/sample/sampleApi';
import { app, attack, busyLead, type Cell, CellServer, talk } from './cell';
import { requests, requestSurface, surfaces } from './surfaces';

/** How many cells run at the same time: most of their time they wait for another try. */
const atOnce = 60;

/** The path each request asks. */
const paths: Readonly<Record<keyof typeof requests, string>> = {
  listLeads: '/apps/$self_app/users?limit=50&id_as_string=true',
  countLeads: '/apps/$self_app/users?limit=1&id_as_string=true',
  listActiveUsers: '/apps/$self_app/activeusers?paginate_count=50&id_as_string=true',
  getLead: `/users/${busyLead}?events=true&notes=true&tags=true&segments=true&presence_details=true&id_as_string=true`,
  getLeadEvents: `/users/${busyLead}/events?paginate_count=50&id_as_string=true`,
  getLeadConversations: `/users/${busyLead}/conversations?id_as_string=true`,
  findByUserId: `/users/${busyLead}/events?paginate_count=1&id_as_string=true`,
  getConversationParts: `/conversations/${talk}/parts?paginate_count=50&id_as_string=true`,
  getConversationLead: `/conversations/${talk}?id_as_string=true`,
};

/** A request as it is asked when nothing is wrong: those of conversations with the id of one. */
function askedWell(name: keyof typeof requests): (typeof requests)[typeof name] {
  const ask = requests[name];
  return name.startsWith('getConversation') ? (client, _, signal) => ask(client, talk, signal) : ask;
}

async function goodAnswer(path: string): Promise<string> {
  const api = new TestApi(app);
  const request = new Request(sampleAddress + path, { headers: { authorization: `Token ${api.token}` } });
  return (await api.handle(request)).text();
}

describe('The fault matrix', function () {
  this.timeout(300_000);
  const token = new TestApi(app).token;
  const common = commonFaults(token);
  const unhandled: unknown[] = [];
  const remember = (reason: unknown): number => unhandled.push(reason);
  let server: CellServer;
  before(() => {
    server = new CellServer();
    process.on('unhandledRejection', remember);
  });
  after(async () => {
    process.off('unhandledRejection', remember);
    await server.close();
  });

  it('has a line for every request of the client', () => {
    const source = readFileSync(join(__dirname, '../../../src/dashly/client.ts'), 'utf8');
    const methods = [...source.matchAll(/^ {2}(?:async )?([a-z]\w*)(?:<.*>)?\(/gm)].map(([, name]) => name);
    assert.deepEqual(Object.keys(requests).sort(), methods.filter((name) => name !== 'constructor').sort());
  });

  async function problemsOf(cells: readonly Cell[], over: CellServer | undefined): Promise<string[]> {
    const problems: string[] = [];
    const waiting = [...cells];
    const work = async (): Promise<void> => {
      for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
        const { surface, fault } = cell;
        for (const problem of await attack(cell, over)) problems.push(`${surface}, ${fault.name}: ${problem}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return problems;
  }

  const none = async (
    surface: string,
    open: Cell['open'],
    faults: readonly TableFault[],
    overHttp = true,
  ): Promise<void> => {
    assert.deepEqual(
      await problemsOf(
        faults.map((fault) => ({ surface, open, fault })),
        overHttp ? server : undefined,
      ),
      [],
    );
  };

  for (const name of Object.keys(requests) as (keyof typeof requests)[]) {
    const open = requestSurface(askedWell(name));
    const path = paths[name];

    it(`${name}: every status, whatever is in its body, and everything that can happen on the way`, () =>
      none(name, open, common));

    it(`${name}: cut at every kilobyte`, async () => none(name, open, truncations(await goodAnswer(path))));

    it(`${name}: another type in every place, items that contradict each other`, async () =>
      none(name, open, [...typeFaults(await goodAnswer(path)), ...itemFaults], false));
  }

  it('lists: 1,000,000 items', async () => {
    for (const name of [
      'listLeads',
      'listActiveUsers',
      'getLeadEvents',
      'getLeadConversations',
      'getConversationParts',
    ] as const) {
      await none(name, requestSurface(askedWell(name)), [millionItems]);
    }
    await none('the first page', surfaces['the first page']!, [millionItems]);
  });

  // What the way can do to a request is the client's affair: for those who ask it, one fault of a kind.
  const kinds = common.filter(
    ({ name }) => !/^\d/.test(name) || /^(200|302|400|401|403|404|405|407|418|429|500|502|503|599)/.test(name),
  );
  for (const [name, open] of Object.entries(surfaces)) {
    it(`${name}: keeps what was there, ends, says why, and goes on`, () => none(name, open, kinds));

    it(`${name}: takes items that contradict each other`, () => none(name, open, itemFaults, false));
  }

  it('has left no rejection that nobody handles', () => {
    assert.deepEqual(unhandled, []);
  });
});
