/** As much of Node's modules as the tests need that run in a web worker too: `assert`, the load of the machine, a timer. */

class AssertionError extends Error {}

/** What `deepEqual` compares, as text: of objects their own members, whatever their order. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) => {
    if (one === undefined) return '(undefined)';
    if (typeof one === 'bigint') return `${one}n`;
    if (one instanceof Map || one instanceof Set) return [...(one as Iterable<unknown>)];
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Whether an error is as expected: by its text, its class, or some of its members. */
function isExpected(error: unknown, expected: unknown): boolean {
  if (expected === undefined) return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') return error instanceof expected;
  const members = Object.entries(expected as object);
  return members.every(([name, value]) => {
    const found = (error as Record<string, unknown>)[name];
    return value instanceof RegExp ? value.test(String(found)) : shown(found) === shown(value);
  });
}

/** Fails, in words where there are any, unless something holds. */
function check(holds: boolean, words: string): void {
  if (!holds) throw new AssertionError(words);
}

export default {
  ok: (value: unknown, message = `${shown(value)} is not truthy.`) => check(Boolean(value), message),
  equal: (actual: unknown, expected: unknown, message = `${shown(actual)} is not ${shown(expected)}.`) =>
    check(Object.is(actual, expected), message),
  notEqual: (actual: unknown, other: unknown, message = `It is ${shown(actual)}.`) =>
    check(!Object.is(actual, other), message),
  deepEqual: (actual: unknown, expected: unknown, message = `${shown(actual)} is not ${shown(expected)}.`) =>
    check(shown(actual) === shown(expected), message),
  match: (text: string, pattern: RegExp) => check(pattern.test(text), `${text} does not match ${String(pattern)}.`),
  doesNotMatch: (text: string, pattern: RegExp) => check(!pattern.test(text), `${text} matches ${String(pattern)}.`),
  ifError: (error: unknown) => check(error === undefined || error === null, `There is an error: ${shown(error)}.`),
  rejects: async (work: Promise<unknown> | (() => Promise<unknown>), expected?: unknown) => {
    const error = await (typeof work === 'function' ? work() : work).then(
      () => new AssertionError('It does not reject.'),
      (reason: unknown) => reason,
    );
    if (error instanceof AssertionError || !isExpected(error, expected)) throw error as Error;
  },
};

/** A browser does not tell how busy the machine is. */
export const loadavg = (): number[] => [0];
export const availableParallelism = (): number => 1;

export const setTimeout = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => globalThis.setTimeout(resolve, milliseconds));
