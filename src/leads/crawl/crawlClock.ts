/** The time a walk lives in; tests give one they move. */
export interface CrawlClock {
  /** ms since 1970 */
  now(): number;
  /** Resolves after so many ms; rejects with the signal's reason when it is aborted before. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The machine's own time. */
export const machineClock: CrawlClock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => new Promise((resolve, reject) => {
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', aborted);
      resolve();
    }, milliseconds);
    if (signal.aborted) {
      aborted();
    } else {
      signal.addEventListener('abort', aborted, { once: true });
    }
  }),
};
