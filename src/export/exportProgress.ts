import * as l10n from '@vscode/l10n';
import type { Masking } from '../leads/masking';
import { grouped, language, plural } from '../language';
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
      const forms = l10n.t(
        '{0} lead so far. Waiting for the service: {1}|{0} leads so far. Waiting for the service: {1}',
      );
      return { percent, line: plural(read, forms, this.masking.errorSentence(outage)) };
    }
    if (total === undefined) {
      return { percent, line: l10n.t('Counting…') };
    }
    if (phase === 'planning') {
      const forms = l10n.t('Dividing {0} lead into windows: {1} so far…|Dividing {0} leads into windows: {1} so far…');
      return { percent, line: plural(total, forms, grouped(windows)) };
    }
    if (phase === 'checking') {
      const forms = l10n.t('{0} lead. Checking that none was missed…|{0} leads. Checking that none was missed…');
      return { percent, line: plural(read, forms) };
    }
    const done = plural(total, l10n.t('{1} of {0} lead ({2} %)|{1} of {0} leads ({2} %)'), grouped(read), `${percent}`);
    const rate = this.rate(read);
    if (rate <= 0) return { percent, line: done };
    const pace = l10n.t('{0} a second, {1} left', grouped(Math.round(rate)), duration((total - read) / rate));
    return { percent, line: `${done}, ${pace}` };
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
    return l10n.t('{0} s', Math.max(1, Math.ceil(seconds)));
  }
  if (seconds < 3600) return l10n.t('{0} min', Math.ceil(seconds / 60));
  const oneDigit = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return l10n.t('{0} h', new Intl.NumberFormat(language(), oneDigit).format(seconds / 3600));
}

/** What a person should know of a plan before it starts; nothing for most. */
export function planRemarks({ total, alternatives, undividable }: CrawlPlan): string[] {
  const remarks: string[] = [];
  if (alternatives > 1) {
    const forms = l10n.t(
      'The view holds {0} lead and combines {1} conditions with “any of”, which the service cannot restrict further.|The view holds {0} leads and combines {1} conditions with “any of”, which the service cannot restrict further.',
    );
    const consequence = l10n.t(
      'So each condition is read on its own; a lead that satisfies several is written once, and none is left out.',
    );
    remarks.push(`${plural(total, forms, grouped(alternatives))} ${consequence}`);
  }
  if (undividable > 0) {
    const forms = l10n.t(
      '{0} lead is alike in everything the service can filter by.|{0} leads are alike in everything the service can filter by.',
    );
    const consequence = l10n.t(
      'Only those that are among the first or last 10,000 in one of several orders can be read; the result will say exactly how many are missing.',
    );
    remarks.push(`${plural(undividable, forms)} ${consequence}`);
  }
  return remarks;
}
