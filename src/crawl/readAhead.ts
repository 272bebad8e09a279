/**
 * Runs a task for each item, several at a time, and gives the results in the order of the items. Never holds more than
 * `limit()` tasks under way or waiting to be taken, so the memory is bounded whatever the number of items. Where the answers
 * decide what is asked for next, `ReadAheadSource` guesses it.
 *
 * @param items taken one by one, as late as possible: a lazy generator may still change its mind
 * @param run its promise is awaited in the item's turn; the first rejection ends the iteration with that error
 * @param limit how many at a time, ≥ 1; asked again before each start
 */
export async function* readAhead<Item, Result>(
  items: Iterable<Item>,
  run: (item: Item) => Promise<Result>,
  limit: () => number,
): AsyncGenerator<{ readonly item: Item; readonly result: Result }, void> {
  const source = items[Symbol.iterator]();
  const started: { readonly item: Item; readonly promise: Promise<Result> }[] = [];
  let ended = false;
  const fill = (): void => {
    while (!ended && started.length < Math.max(1, limit())) {
      const next = source.next();
      if (next.done) {
        ended = true;
        return;
      }
      const promise = run(next.value);
      // A task further back may fail before its turn comes; its error is thrown in its turn or not at all.
      promise.catch(() => undefined);
      started.push({ item: next.value, promise });
    }
  };
  try {
    for (;;) {
      fill();
      const first = started[0];
      if (!first) {
        return;
      }
      const result = await first.promise;
      started.shift();
      // Before giving the result away, so that the requests go on while it is being written.
      fill();
      yield { item: first.item, result };
    }
  } finally {
    source.return?.();
  }
}
