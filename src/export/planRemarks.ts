import type { CrawlPlan } from '../leads/crawl';

/** What a person should know of a plan before it starts; nothing for most. */
export function planRemarks({ total, alternatives, undividable }: CrawlPlan): string[] {
  const remarks: string[] = [];
  if (alternatives > 1) {
    remarks.push(`The view holds ${total.toLocaleString('en')} leads and combines ${alternatives} conditions with “any of”, which the service cannot `
      + 'restrict further. So each condition is walked on its own; a lead that satisfies several is written once, and all are had.');
  }
  if (undividable > 0) {
    remarks.push(`${undividable.toLocaleString('en')} leads are alike in everything the service can filter by. Only those that are among the first `
      + 'or last 10,000 in one of several orders can be had; the result will say exactly how many are missing.');
  }
  return remarks;
}
