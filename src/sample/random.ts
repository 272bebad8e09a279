/**
 * A small seeded generator of numbers (mulberry32): the same seed and stream give the same numbers everywhere. Not for
 * anything that must be secret.
 */
export class Random {
  private state = 0;

  constructor(seed: number, stream = 0) {
    this.restart(seed, stream);
  }

  /** Starts over; each stream of a seed is a series of its own, so lead 7 does not depend on leads 0 to 6. */
  restart(seed: number, stream: number): void {
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 0x7f4a7c15, 0xc2b2ae35);
    this.next();
    this.next();
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True in `share` (0 to 1) of the cases. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  /** Lower-case hexadecimal digits. */
  hex(length: number): string {
    let digits = '';
    while (digits.length < length) {
      digits += Math.floor(this.next() * 0x10000000)
        .toString(16)
        .padStart(7, '0');
    }
    return digits.slice(0, length);
  }
}
