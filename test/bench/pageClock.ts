import type { Page } from '../vscode/browser';
import { slowness } from '../vscode/timeLimit';

/** What must stand in the page: an element for a selector, with a text where one is given, as a regular expression. */
export interface Sight {
  readonly selector: string;
  readonly text?: string;
}

/** How long it took until something was seen, in milliseconds. */
interface Seen {
  readonly milliseconds: number;
  /** How long each task took meanwhile that kept the page busy for more than 50 ms. */
  readonly longTasks: readonly number[];
}

interface Watched {
  readonly sights: readonly Sight[];
  /** What starts the clock, at the last time it happens: a click, any key, or Enter, by which a command of the palette is run. */
  readonly from: 'pointerup' | 'keydown' | 'Enter';
  /** Whether the clock runs on until the page was painted. */
  readonly painted: boolean;
  readonly timeLimit: number;
}

interface LongTask {
  readonly startTime: number;
  readonly duration: number;
}

/** How long something is waited for at most on an idle machine, in ms. */
const timeLimit = 60_000;

type BenchWindow = Window & { dashlyLongTasks?: LongTask[] };

/**
 * Measures inside the page itself, from a person's click or key to what they wait for: the driver's own time is not in it.
 */
export class PageClock {
  constructor(private readonly page: Page) {}

  /** From the next load of the page on it notes long tasks. */
  async install(): Promise<void> {
    // The compiler marks named functions by a helper that a page does not have.
    await this.page.addInitScript('globalThis.__name ??= (target) => target;');
    await this.page.addInitScript(noteLongTasks);
  }

  /**
   * @param act what a person does
   * @param sights all of them must be there
   */
  async measure(
    act: () => Promise<unknown>,
    sights: readonly Sight[],
    { from = 'pointerup', painted = false }: Partial<Watched> = {},
  ): Promise<Seen> {
    const seen = this.page.evaluate(watch, { sights, from, painted, timeLimit: timeLimit * slowness() });
    // Told by the one who waits for it.
    seen.catch(() => undefined);
    // The page looks before anything is done: evaluations are carried out in order.
    await this.page.evaluate('0');
    await act();
    return seen;
  }

  /** Waits until the page has done nothing long for two seconds. */
  async quiet(): Promise<void> {
    await this.page.evaluate(untilQuiet, 2000);
  }
}

/** Runs in the page. */
function noteLongTasks(): void {
  if (window !== window.top) return;
  const noted: LongTask[] = ((window as BenchWindow).dashlyLongTasks = []);
  new PerformanceObserver((list) => noted.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
}

/** Runs in the page. */
function watch({ sights, from, painted, timeLimit }: Watched): Promise<Seen> {
  return new Promise((resolve, reject) => {
    let began: number | undefined;
    const isSeen = ({ selector, text }: Sight): boolean =>
      [...document.querySelectorAll(selector)].some(
        (element) => text === undefined || new RegExp(text, 'i').test(element.textContent),
      );
    const look = (): void => {
      if (began === undefined || !sights.every(isSeen)) return;
      observer.disconnect();
      clearTimeout(limit);
      window.removeEventListener(event, begin, { capture: true });
      const start = began;
      const end = (at: number): void => {
        // The observer of long tasks is told of them later.
        setTimeout(() => {
          const noted = (window as BenchWindow).dashlyLongTasks ?? [];
          const longTasks = noted.filter(({ startTime }) => startTime >= start && startTime < at);
          resolve({ milliseconds: at - start, longTasks: longTasks.map(({ duration }) => duration) });
        }, 500);
      };
      // A task queued in an animation frame runs after that frame was painted.
      if (painted) requestAnimationFrame(() => setTimeout(() => end(performance.now())));
      else end(performance.now());
    };
    const observer = new MutationObserver(look);
    const limit = setTimeout(() => {
      observer.disconnect();
      const missing = sights.filter((sight) => !isSeen(sight));
      reject(new Error(`Waited in vain for ${JSON.stringify(missing)}`));
    }, timeLimit);
    const event = from === 'Enter' ? 'keydown' : from;
    const begin = (happened: Event): void => {
      if (from === 'Enter' && (happened as KeyboardEvent).key !== from) return;
      began = happened.timeStamp;
      setTimeout(look);
    };
    window.addEventListener(event, begin, { capture: true });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

/** Runs in the page. */
function untilQuiet(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const began = performance.now();
    const timer = setInterval(() => {
      const ends = ((window as BenchWindow).dashlyLongTasks ?? []).map((task) => task.startTime + task.duration);
      if (performance.now() - Math.max(began, ...ends) < milliseconds) return;
      clearInterval(timer);
      resolve();
    }, 50);
  });
}
