import type { Lead } from '../dashly/lead';
import type { ExportTarget } from './exportTarget';
import type { LeadRows } from './formats/exportFormat';

export interface WriteOptions {
  /** What is written instead of a lead: the masked one. */
  readonly shown?: (lead: Lead) => Lead;
  /** What to go on from when so many leads have been written here; undefined when it cannot be gone on with. */
  readonly state?: (written: number) => string | undefined;
  /** ms since 1970 */
  readonly now?: () => number;
}

const leadsAtOnce = 250;
const keepEvery = 2_000;

/**
 * Writes leads as they come. Keeps what to go on from before the first, every two seconds, and once more when it fails.
 * @returns what the walk returned
 * @throws what the walk or the target throws
 */
export async function writeLeads<Result>(
  leads: AsyncIterator<Lead, Result> | Iterator<Lead, Result>, rows: LeadRows, target: ExportTarget, options: WriteOptions = {},
): Promise<Result> {
  const { shown, state = () => undefined, now = Date.now } = options;
  let waiting: Lead[] = [];
  let written = 0;
  let kept = -Infinity;
  // After rows that could not be written, what the walk has given is more than what is there: the last state stands.
  const rowsThere = { intact: true };
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    rowsThere.intact = false;
    await target.append(rows.encode(shown ? batch.map(shown) : batch));
    written += batch.length;
    rowsThere.intact = true;
  };
  const keep = async (): Promise<void> => {
    const text = state(written);
    if (text !== undefined) {
      await target.keep(text);
    }
    kept = now();
  };
  try {
    for (;;) {
      const next = await leads.next();
      if (kept === -Infinity) {
        await keep();
      }
      if (next.done) {
        await flush();
        await keep();
        return next.value;
      }
      waiting.push(next.value);
      if (waiting.length >= leadsAtOnce) {
        await flush();
        if (now() - kept >= keepEvery) {
          await keep();
        }
      }
    }
  } catch (error) {
    if (rowsThere.intact) {
      await flush().then(keep).catch(() => undefined);
    }
    throw error;
  }
}
