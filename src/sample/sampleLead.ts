/**
 * A property's value inside the sample app. `bigint` stands for an integer beyond 2^53, which is written to JSON digit
 * for digit; date-times are strings in UTC without a zone suffix (section 5 of API.md).
 */
export type SampleValue = string | number | boolean | bigint | readonly string[];
export type SampleProps = Readonly<Record<string, SampleValue>>;
export type SamplePresence = 'online' | 'idle' | 'offline';

/** A lead of the sample app. */
export interface SampleLead {
  /** A 64-bit id as a decimal string. */
  readonly id: string;
  readonly presence: SamplePresence;
  /** System, event and custom properties; one that is not set is absent. */
  readonly props: SampleProps;
}

/** Props to set; `null` unsets one. */
export type PropsChange = Readonly<Record<string, SampleValue | null>>;

/** Props after a change; the order of those that stay is kept. */
export function mergeProps(props: SampleProps, change: PropsChange): SampleProps {
  const merged = new Map<string, SampleValue | null>([...Object.entries(props), ...Object.entries(change)]);
  return Object.fromEntries([...merged].filter((entry): entry is [string, SampleValue] => entry[1] !== null));
}
