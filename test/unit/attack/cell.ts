import { inspect } from 'node:util';
import { DashlyClient } from '../../../src/dashly/client';
import { errorDetail, errorSentence, HumanError } from '../../../src/dashly/errors';
import { sampleAdapter, sampleAddress } from '../../../src/sample/sampleApi';
import { leadEvents } from '../../../src/sample/leadHistory';
import { serviceWord, type TableFault, tokenForms } from '../../service/faultTable';
import { serveSampleApi, type SampleServer } from '../../service/server';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';
import type { requestSurface, Surface } from './surfaces';

/** One surface and one fault. */
export interface Cell {
  readonly surface: string;
  readonly open: ReturnType<typeof requestSurface>;
  readonly fault: TableFault;
}

/** A request that has not ended by then never ends, however busy the machine is. */
const patience = 60_000;
/** How long a client waits for what never comes, and for what does. */
const shortTimeout = 300;
const longTimeout = 40_000;

/** One for all cells: nothing changes it. */
export const app = new TestApp({ leads: 220, seed: 4, special: false });

/** A lead with events enough for two pages. */
export const busyLead = app.query().find((id) => leadEvents(app.record(id)!).length > 60) ?? '';

// So that the lead is found by the same text as a User ID.
app.change(busyLead, { $user_id: busyLead });

/** The id of a conversation of many parts. */
export const talk =
  app
    .query()
    .flatMap((id) => app.conversations.of(app.record(id)!))
    .find(({ parts }) => parts.length > 60)?.conversation.id ?? '';

/** Many APIs behind one server, each under a path of its own: a server for each of thousands of cells takes long. */
export class CellServer {
  private readonly apis = new Map<string, TestApi>();
  private readonly server: Promise<SampleServer>;
  private next = 0;

  constructor() {
    const handle = async (request: Request): Promise<Response> => {
      const { pathname, search } = new URL(request.url);
      const [, cell = '', path = ''] = /^\/(\d+)(\/.*)$/.exec(pathname) ?? [];
      const asked = new Request(sampleAddress + path + search, request);
      return (await this.apis.get(cell)?.handle(asked)) ?? new Response(null, { status: 404 });
    };
    this.server = serveSampleApi({ token: '', handle });
  }

  /** @returns the address of an API */
  async add(api: TestApi): Promise<string> {
    const cell = String(this.next++);
    this.apis.set(cell, api);
    return `${(await this.server).address}/${cell}`;
  }

  async close(): Promise<void> {
    await (await this.server).close();
  }
}

/**
 * What is wrong with how a surface takes a fault; nothing when all is well.
 * @param server without it the answers do not travel through a connection
 */
export async function attack({ open, fault }: Cell, server?: CellServer): Promise<string[]> {
  const api = new TestApi(app);
  const address = await server?.add(api);
  const log: string[] = [];
  let faulty = false;
  const client = new DashlyClient({
    address: address ?? sampleAddress,
    adapter: address ? undefined : sampleAdapter(api),
    app: '$self_app',
    token: api.token,
    timeout: () => (faulty && fault.slow ? shortTimeout : longTimeout),
    random: () => 0,
    log: (line) => log.push(line),
  });
  const surface = await open(client, busyLead);
  const problems = await attackSurface(surface, api, fault, (now) => (faulty = now));
  surface.dispose();
  return [...problems, ...secretProblems('the log', log.join('\n'), api.token)];
}

async function attackSurface(
  surface: Surface,
  api: TestApi,
  fault: TableFault,
  setFaulty: (faulty: boolean) => void,
): Promise<string[]> {
  const problems: string[] = [];
  const before = surface.rows();
  api.faults.add(fault.fault);
  setFaulty(true);
  if (!(await inTime(surface.read()))) problems.push('never ends');
  if (surface.isReading()) problems.push('is still reading');
  const error = surface.error();
  if (error === undefined && fault.outcome === 'error') problems.push('does not fail');
  if (error !== undefined && fault.outcome === 'fine') problems.push(`fails: ${inspect(error)}`);
  problems.push(...rowProblems(surface.rows(), error === undefined ? [] : before));
  if (error === undefined) return problems;
  problems.push(...errorProblems(error, api.token));
  api.faults.clear();
  setFaulty(false);
  if (fault.pauses) return problems;
  if (!(await inTime(surface.retry()))) problems.push('never ends trying again');
  if (surface.isReading()) problems.push('is still reading after trying again');
  if (surface.error() !== undefined) problems.push(`fails again: ${inspect(surface.error())}`);
  problems.push(...rowProblems(surface.rows(), before));
  return problems;
}

async function inTime(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patience)));
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

function rowProblems(rows: readonly string[], before: readonly string[]): string[] {
  const shown = new Set(rows);
  return [
    ...(shown.size < rows.length ? ['shows a row twice'] : []),
    ...(rows.every((id) => /^(event .*|\d{1,20})$/s.test(id)) ? [] : ['shows a row whose id is none']),
    ...(before.every((id) => shown.has(id)) ? [] : ['has lost rows']),
  ];
}

/** What must hold of every error that comes out of the client. */
function errorProblems(error: unknown, token: string): string[] {
  if (!(error instanceof HumanError)) return [`fails with no HumanError: ${inspect(error)}`];
  const sentence = errorSentence(error);
  const detail = errorDetail(error);
  return [
    ...(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]{20,700}$/.test(sentence)
      ? []
      : [`says no clear sentence: ${JSON.stringify(sentence)}`]),
    ...(detail.includes(serviceWord) || /[\n\r]/.test(detail)
      ? [`has what the service said in its detail: ${detail}`]
      : []),
    ...secretProblems(
      'the error',
      [sentence, detail, error.stack, JSON.stringify(error), everything(error)].join('\n'),
      token,
    ),
  ];
}

const everything = (error: unknown): string =>
  inspect(error, { depth: Infinity, showHidden: true, maxStringLength: Infinity });

function secretProblems(where: string, text: string, token: string): string[] {
  return tokenForms(token).some((form) => text.includes(form)) ? [`${where} holds the token`] : [];
}
