import * as vscode from 'vscode';
import type { Memento } from 'vscode';
import { ofTotal } from '../leads/text';
import type { CrawlOptions, CrawlResult } from '../crawl/crawl';
import { showError } from '../editor/errors';
import { readSetting } from '../editor/settings';
import type { Connection } from '../leads/currentLeads';
import type { LeadSource } from '../leads/leadList';
import { showExported, showInterrupted } from './exportOutcome';
import { ExportError } from './exportTarget';
import { ExportPace, planRemarks } from './exportWords';
import type { Parts } from '../editor/commands';
import { type ExportState, LeadsExport, parseExportState } from './leadsExport';
import { LocalTarget } from './localTarget';
import { askModally, showInformationMessage, showQuickPick, withProgress } from '../editor/window';

const key = 'dashlyLeads.interruptedExports';

/** The paths of exports that were begun and not finished: over restarts and in all windows. Paths only. */
export class InterruptedExports {
  constructor(private readonly memento: Memento) {}

  get paths(): readonly string[] {
    const kept = this.memento.get<unknown>(key);
    return Array.isArray(kept) ? kept.filter((path) => typeof path === 'string') : [];
  }

  async add(path: string): Promise<void> {
    await this.memento.update(key, [path, ...this.paths.filter((other) => other !== path)]);
  }

  async remove(path: string): Promise<void> {
    await this.memento.update(
      key,
      this.paths.filter((other) => other !== path),
    );
  }
}

const reportEvery = 500;

/** The app's leads for a walk: behind whatever a person waits for. */
export function walkSource({ client }: Connection): LeadSource {
  return { listLeads: (query, signal) => client.listLeads(query, signal, 'background') };
}

/** How a walk behaves here. */
export function walkOptions({ log }: Parts): CrawlOptions {
  return { concurrency: () => readSetting('concurrency'), log: (line) => log.info(line) };
}

/** Runs an export under a notification with its progress. Undefined when the person, told what is ahead, decided not to. */
export async function runExport(
  parts: Parts,
  leadsExport: LeadsExport,
  name: string,
  ending: AbortSignal,
): Promise<CrawlResult | undefined> {
  return withProgress(`Exporting to ${name}`, async (report, cancelling) => {
    const signal = AbortSignal.any([cancelling, ending]);
    const pace = new ExportPace();
    let reported = 0;
    const tell = (): void => {
      const { percent, line } = pace.describe(leadsExport.crawl.progress);
      report(line, percent - reported);
      reported = percent;
    };
    tell();
    const timer = setInterval(tell, reportEvery);
    try {
      return (await agreedTo(leadsExport, signal))
        ? await leadsExport.run((lead) => parts.masking.mask.lead(lead), signal)
        : undefined;
    } finally {
      clearInterval(timer);
      await leadsExport.target.leave();
    }
  });
}

/** Plans, and asks when the plan holds something the person should know before it starts. */
async function agreedTo({ crawl }: LeadsExport, signal: AbortSignal): Promise<boolean> {
  const remarks = planRemarks(await crawl.prepare(signal));
  return remarks.length === 0 || (await askModally(remarks.join('\n\n'), undefined, 'Export')) === 'Export';
}

/** The command *Resume Export…*: lets the person choose among the interrupted ones. */
export async function resumeExport(parts: Parts, ending: AbortSignal): Promise<void> {
  const interrupted = new InterruptedExports(parts.context.globalState);
  const choices: (vscode.QuickPickItem & { readonly path: string })[] = [];
  for (const path of interrupted.paths) {
    const state = await readState(path);
    if (state) {
      const { leads, crawl, app } = state;
      choices.push({
        path,
        label: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
        detail: path,
        description: `${app.name}: ${ofTotal({ loaded: leads, total: crawl.countedAtStart })} leads`,
      });
    } else {
      await interrupted.remove(path);
    }
  }
  if (choices.length === 0) {
    void showInformationMessage('There is no interrupted export to resume.');
    return;
  }
  const chosen = await showQuickPick(choices, { title: 'Resume Export', placeHolder: 'Which export?' });
  if (chosen) {
    await resumeExportAt(parts, chosen.path, ending);
  }
}

/** Goes on with the interrupted export beside a target. Says itself how it ended. */
export async function resumeExportAt(parts: Parts, path: string, ending: AbortSignal): Promise<void> {
  const uri = vscode.Uri.file(path);
  let came = 0;
  try {
    const leadsExport = await open(parts, path);
    came = leadsExport.crawl.progress.read;
    const result = await runExport(
      parts,
      leadsExport,
      path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
      ending,
    ).finally(() => (came = leadsExport.crawl.progress.read));
    if (result) {
      await new InterruptedExports(parts.context.globalState).remove(path);
      showExported(uri, result.read, result, parts.log);
    }
  } catch (error) {
    const resume = (): void => void resumeExportAt(parts, path, ending);
    const discard = (): void => discardInBackground(parts, path);
    const stays = error instanceof ExportError && (error.kind === 'notResumable' || error.kind === 'busy');
    showInterrupted(error, came, parts.log, stays ? undefined : resume, stays ? undefined : discard);
  }
}

/** Deletes what an interrupted export left, and forgets it. */
export async function discardExport({ context }: Parts, path: string): Promise<void> {
  await LocalTarget.discard(path);
  await new InterruptedExports(context.globalState).remove(path);
}

/** The same for an action of a notification: says itself what went wrong. */
export function discardInBackground(parts: Parts, path: string): void {
  void discardExport(parts, path).catch((error: unknown) => showError(error, parts.log));
}

async function open(parts: Parts, path: string): Promise<LeadsExport> {
  const state = await readState(path);
  if (!state) {
    throw new ExportError('notResumable', 'What is needed to resume this export is gone: export again.');
  }
  const { connection } = parts.current;
  if (connection?.key !== state.app.key) {
    throw new ExportError('file', `The export is of the app “${state.app.name}”: switch to it, then resume.`);
  }
  return LeadsExport.resume(walkSource(connection), state, path, walkOptions(parts));
}

async function readState(path: string): Promise<ExportState | undefined> {
  const text = await LocalTarget.readState(path);
  return text === undefined ? undefined : parseExportState(text);
}
