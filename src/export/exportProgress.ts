import * as l10n from '@vscode/l10n';
import type { Masking } from '../leads/masking';
import { grouped, ofTotal, plural } from '../language';
import type { CrawlPlan, CrawlProgress } from '../crawl/crawl';

/** How far an export is, in words: percentage, rate and time left. */
export class ExportPace {
  /** When how many leads had been read, over the last half minute. */
  private readonly samples: { time: number; read: number }[] = [];

  constructor(private readonly masking: Masking) {}

  /** @returns whole per cents done, and one line */
  describe({ phase, total, read, windows, outage }: CrawlProgress): { percent: number; line: string } {
    const percent = total ? Math.min(100, Math.floor((read / total) * 100)) : 0;
    if (outage !== undefined) {
      return {
        percent,
        line: `${plural(read, l10n.t('{0} lead|{0} leads'))} so far. Waiting for the service: ${this.masking.errorSentence(outage)}`,
      };
    }
    if (phase === 'planning' || total === undefined) {
      return {
        percent,
        line:
          total === undefined
            ? 'Counting…'
            : `Dividing ${plural(total, l10n.t('{0} lead|{0} leads'))} into windows: ${windows} so far…`,
      };
    }
    if (phase === 'checking') {
      return { percent, line: `${plural(read, l10n.t('{0} lead|{0} leads'))}. Checking that none was missed…` };
    }
    const rate = this.rate(read);
    const left = rate > 0 ? `, ${grouped(Math.round(rate))} a second, ${duration((total - read) / rate)} left` : '';
    return { percent, line: `${ofTotal({ loaded: read, total })} leads (${percent} %)${left}` };
  }

  private rate(read: number): number {
    const time = Date.now();
    this.samples.push({ time, read });
    while (this.samples.length > 2 && time - (this.samples[0]?.time ?? time) > 30_000) {
      this.samples.shift();
    }
    const first = this.samples[0];
    return first && time - first.time >= 1000 ? ((read - first.read) / (time - first.time)) * 1000 : 0;
  }
}

/** @param seconds rounded up to what one wants to know */
function duration(seconds: number): string {
  if (seconds < 60) {
    return `${Math.max(1, Math.ceil(seconds))} s`;
  }
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** What a person should know of a plan before it starts; nothing for most. */
export function planRemarks({ total, alternatives, undividable }: CrawlPlan): string[] {
  const remarks: string[] = [];
  if (alternatives > 1) {
    remarks.push(
      `The view holds ${plural(total, l10n.t('{0} lead|{0} leads'))} and combines ${alternatives} conditions with “any of”, which the service cannot ` +
        'restrict further. So each condition is read on its own; a lead that satisfies several is written once, and none is left out.',
    );
  }
  if (undividable > 0) {
    remarks.push(
      `${plural(undividable, l10n.t('{0} lead|{0} leads'))} are alike in everything the service can filter by. Only those that are among the first ` +
        'or last 10,000 in one of several orders can be read; the result will say exactly how many are missing.',
    );
  }
  return remarks;
}
