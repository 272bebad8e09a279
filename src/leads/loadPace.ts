/** Ms until the first change that is told; then twice as many each time, the end included. */
const firstWait = 4000;

/** Until so many leads are loaded every page is told of: they are what a person sees. */
const firstLeads = 100;

/**
 * Which pages of a list are told of while all of it is loaded. All rows are drawn anew each time one is: once a hundred leads
 * are there, after 4 s and then ever more seldom, so that drawing never takes more than twice the last time's work.
 */
export class LoadPace {
  private readonly began = Date.now();
  private told = this.began;
  private wait = firstWait;

  /** @param before how many leads were there when the loading began */
  constructor(private readonly before: number) {}

  /**
   * To be asked behind each page but the last, which is told of in any case.
   * @param loaded how many leads are there now
   * @param loadable how many there will be
   */
  isToBeTold(loaded: number, loadable: number): boolean {
    const now = Date.now();
    // The end is told of, too: shortly before it nothing is.
    const left = ((loadable - loaded) * (now - this.began)) / (loaded - this.before);
    const isTime = Math.min(now - this.told, left) >= this.wait;
    if (!isTime && loaded > firstLeads) return false;
    this.told = now;
    if (isTime) this.wait *= 2;
    return true;
  }
}
