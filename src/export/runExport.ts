import * as l10n from '@vscode/l10n';
import type { CrawlOptions, CrawlResult } from '../crawl/crawl';
import { appFingerprint } from '../editor/appFingerprint';
import type { Parts } from '../editor/commands';
import { readSetting } from '../editor/settings';
import { shownTimeZone } from '../editor/timeZone';
import { askModally, withProgress } from '../editor/window';
import type { Connection } from '../leads/currentLeads';
import type { LeadSource } from '../leads/pageReader';
import { ExportError } from './exportError';
import { ExportPace, planRemarks } from './exportProgress';
import type { ExportedApp } from './exportState';
import type { LeadsExport } from './leadsExport';

const reportEvery = 500;

/** The app's leads for a crawl: behind whatever a person waits for. */
export function crawlSource({ client }: Connection): LeadSource {
  return { listLeads: (query, signal) => client.listLeads(query, signal, 'background') };
}

/** How a crawl behaves here. */
export function crawlOptions({ log, context }: Parts): CrawlOptions {
  return {
    concurrency: () => readSetting('concurrency'),
    log: (line) => log.info(line),
    timeZone: shownTimeZone(context.globalState),
  };
}

/** The app of a connection, as the state of an export has it. */
export async function exportedApp({ context }: Parts, connection: Connection): Promise<ExportedApp> {
  return {
    key: connection.key,
    name: connection.name,
    fingerprint: await appFingerprint(context.globalState, connection),
  };
}

/**
 * Does something for which the lock of a target is needed. When somebody holds it, asks whether to take it: the lock of a
 * window that is gone can look alive, where a clock is wrong or another program has got its process id.
 * @param anyway the button that takes it
 * @returns undefined when the person decided not to
 */
export async function withLock<T>(
  work: (force: boolean) => Promise<T>,
  anyway = l10n.t('Write Anyway'),
): Promise<T | undefined> {
  try {
    return await work(false);
  } catch (error) {
    if (!(error instanceof ExportError) || error.kind !== 'busy') {
      throw error;
    }
    const detail = l10n.t('If no other window writes it, its lock was left behind and can be taken.');
    return (await askModally(error.message, detail, anyway)) === anyway ? work(true) : undefined;
  }
}

/**
 * Runs an export under a notification with its progress, and closes it.
 * @returns undefined when the person, seeing what is ahead, decided not to
 */
export async function runExport(
  { masking }: Parts,
  leadsExport: LeadsExport,
  name: string,
  ending: AbortSignal,
): Promise<CrawlResult | undefined> {
  try {
    return await withProgress(l10n.t('Exporting to {0}', name), async (report, cancelling) => {
      const signal = AbortSignal.any([cancelling, ending]);
      const pace = new ExportPace(masking);
      let reported = 0;
      const reportProgress = (): void => {
        const { percent, line } = pace.describe(leadsExport.crawl.progress);
        report(line, percent - reported);
        reported = percent;
      };
      reportProgress();
      const timer = setInterval(reportProgress, reportEvery);
      try {
        return (await agreedToPlan(leadsExport, signal))
          ? await leadsExport.run((lead) => masking.mask.lead(lead), signal)
          : undefined;
      } finally {
        clearInterval(timer);
      }
    });
  } finally {
    await leadsExport.close();
  }
}

/** Plans, and asks when the plan holds something the person should know before it starts. */
async function agreedToPlan({ crawl }: LeadsExport, signal: AbortSignal): Promise<boolean> {
  const remarks = planRemarks(await crawl.prepare(signal));
  const go = l10n.t('Export');
  return remarks.length === 0 || (await askModally(remarks.join('\n\n'), undefined, go)) === go;
}
