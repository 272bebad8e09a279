import { ApiError } from './apiError';

/** The parameters of a request, read as section 3 of API.md says. */
export class Parameters {
  private readonly errors: Record<string, string[]> = {};

  constructor(private readonly query: URLSearchParams) {}

  text(name: string): string | undefined {
    return this.query.get(name) ?? undefined;
  }

  /** Any case of `false`, `0` or empty is false, any other text is true. */
  boolean(name: string, whenMissing: boolean): boolean {
    const value = this.query.get(name);
    return value === null ? whenMissing : !['false', '0', ''].includes(value.toLowerCase());
  }

  /** A whole number in its bounds; outside them the request is refused: chosen (API.md, section 6). */
  whole(name: string, whenMissing: number, least: number, most: number): number {
    const text = this.query.get(name);
    if (text === null) {
      return whenMissing;
    }
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      const bounds = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
      this.refuse(name, `must be a whole number ${bounds}`);
    }
    return value;
  }

  oneOf<T extends string>(name: string, whenMissing: T, allowed: readonly T[]): T {
    const text = this.query.get(name);
    const found = text === null ? whenMissing : allowed.find((value) => value === text);
    if (found === undefined) {
      this.refuse(name, `must be one of: ${allowed.join(', ')}`);
    }
    return found ?? whenMissing;
  }

  /** A JSON value; `undefined` when the parameter is missing. */
  json(name: string): unknown {
    const text = this.query.get(name);
    if (text === null) {
      return undefined;
    }
    try {
      return JSON.parse(text);
    } catch {
      this.refuse(name, 'not valid JSON');
      return undefined;
    }
  }

  refuse(name: string, message: string): void {
    (this.errors[name] ??= []).push(message);
  }

  /** Throws `ApiError` (`ValidationError`) that names every parameter refused so far. */
  check(): void {
    if (Object.keys(this.errors).length > 0) {
      throw new ApiError('ValidationError', 'Invalid parameters', this.errors);
    }
  }
}
