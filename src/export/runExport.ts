import * as vscode from 'vscode';
import { readSetting } from '../editor/settings';
import type { CrawlOptions } from '../leads/crawl';
import type { CrawlResult } from '../leads/crawl/crawlResult';
import type { LeadSource } from '../leads/leadList';
import type { Connection } from '../leads/currentLeads';
import type { ExportParts } from './exportCommands';
import type { LeadsExport } from './exportLeads';
import { ExportPace } from './exportPace';
import { planRemarks } from './planRemarks';

const reportEvery = 500;

/** The app's leads for a walk: behind whatever a person waits for. */
export function walkSource({ client }: Connection): LeadSource {
  return { listLeads: (query, signal) => client.listLeads(query, signal, 'background') };
}

/** How a walk behaves here. */
export function walkOptions({ log }: ExportParts): CrawlOptions {
  return { concurrency: () => readSetting('concurrency'), log: (line) => log.info(line) };
}

/** Runs an export under a notification with its progress. Undefined when the person, told what is ahead, decided not to. */
export async function runExport(
  parts: ExportParts, leadsExport: LeadsExport, name: string, ending: AbortSignal,
): Promise<CrawlResult | undefined> {
  const cancelling = new AbortController();
  const signal = AbortSignal.any([cancelling.signal, ending]);
  const options = { location: vscode.ProgressLocation.Notification, title: `Exporting to ${name}`, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => cancelling.abort());
    const pace = new ExportPace();
    let reported = 0;
    const report = (): void => {
      const { percent, line } = pace.describe(leadsExport.crawl.progress);
      progress.report({ message: line, increment: percent - reported });
      reported = percent;
    };
    report();
    const timer = setInterval(report, reportEvery);
    try {
      return await agreedTo(leadsExport, signal)
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
  return remarks.length === 0
    || await vscode.window.showWarningMessage(remarks.join('\n\n'), { modal: true }, 'Export') === 'Export';
}
