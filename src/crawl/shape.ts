/* eslint-disable no-restricted-syntax -- A person is told that what was kept cannot be read; what is wrong with it, nobody. */
import { HumanError } from '../dashly/errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../dashly/json';

/**
 * Reads a value out of JSON that was written before and may have been changed by anybody since.
 * @throws MalformedError when it is not in the form, or beyond the bounds, it is written in
 */
export type Shape<T> = (value: JsonValue | undefined) => T;

/** JSON that is not in the form it is written in. */
export class MalformedError extends HumanError {
  override readonly name = 'MalformedError';
}

const refuse = (what: string): never => {
  throw new MalformedError(`There is no ${what} where one should be.`);
};

/** An object with these members; others are left out. */
export function object<T extends object>(members: { readonly [Name in keyof T]-?: Shape<T[Name]> }): Shape<T> {
  const shapes: readonly [string, Shape<unknown>][] = Object.entries(members);
  return (value) => {
    const given: JsonObject = isJsonObject(value) ? value : refuse('object');
    const read = shapes.map(([name, shape]) => [name, shape(Object.hasOwn(given, name) ? given[name] : undefined)]);
    return Object.fromEntries(read.filter(([, member]) => member !== undefined)) as T;
  };
}

/** An object that says by its member `kind` which shape it has. */
export function union<T>(kinds: Readonly<Record<string, Shape<T>>>): Shape<T> {
  return (value) => {
    const kind = isJsonObject(value) ? value.kind : undefined;
    const shape = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    return shape ? shape(value) : refuse('known kind');
  };
}

/** What may be left out. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value) => (value === undefined ? undefined : shape(value));
}

/** A list of at most so many. */
export function list<T>(shape: Shape<T>, most: number): Shape<readonly T[]> {
  return (value) => (Array.isArray(value) && value.length <= most ? value.map(shape) : refuse('list'));
}

/** A text of at most so many UTF-16 units. */
export function text(most: number): Shape<string> {
  return (value) => (typeof value === 'string' && value.length <= most ? value : refuse('text'));
}

/** A finite number within bounds. */
export function number(least: number, most: number): Shape<number> {
  return (value) => (typeof value === 'number' && value >= least && value <= most ? value : refuse('number'));
}

/** A whole number from 0 that a JavaScript number can hold. */
export const whole: Shape<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : refuse('whole number');

export const flag: Shape<boolean> = (value) => (typeof value === 'boolean' ? value : refuse('true or false'));

/** One of these. */
export function oneOf<T extends string | number>(...values: readonly T[]): Shape<T> {
  return (value) => values.find((one) => one === value) ?? refuse('known value');
}
