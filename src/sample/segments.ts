import { passes, toFilter } from './matcher';
import { leadPlaceOf, type SampleLead } from './sampleLead';

/** A tag of the sample app. */
interface Tag {
  readonly id: string;
  readonly name: string;
  readonly color: string | null;
}

const tags: readonly Tag[] = [
  { id: '301', name: 'VIP', color: '#d4af37' },
  { id: '302', name: 'возврат', color: null },
  { id: '303', name: '$(flame) <hot>', color: 'red' },
];

/** The tags of a lead: by its place, so that neighbours differ. */
export function tagsOf({ id }: SampleLead): Tag[] {
  const place = leadPlaceOf(id) ?? 0;
  return tags.filter((_, index) => place % (index + 3) === 0);
}

/** A segment of the sample app; its filters are JSON text, as stored ones are (API.md, section 4). */
interface Segment {
  readonly id: string;
  readonly name: string;
  readonly filters: string;
}

const thisMonth = { type: 'daysless', property_name: '$last_seen', value: { value: '30' } };

/** In each way in which filters are stored. */
const segments: readonly (Segment & { readonly tag?: string })[] = [
  {
    id: '501',
    name: 'Has an e-mail',
    filters: JSON.stringify([{ type: 'known', property_name: '$email', value: {} }]),
  },
  {
    id: '502',
    name: 'Постоянные клиенты',
    filters: JSON.stringify([{ cls: 'prop', type: 'gt', property_name: '$orders_count', value: { value: '3' } }]),
  },
  { id: '503', name: 'Seen this month', filters: JSON.stringify([thisMonth]) },
  {
    id: '504',
    name: 'Phone or many sessions',
    filters: JSON.stringify({
      type: 'or',
      filters: [
        { type: 'known', property_name: '$phone', value: '' },
        { cls: 'prop', type: 'range', property_name: '$sessions', value: '{"value1":"20","value2":"60"}' },
      ],
    }),
  },
  {
    id: '505',
    name: 'At example.com',
    filters: JSON.stringify([{ type: 'str_contains', property_name: '$email', value: { value: '@example.com' } }]),
  },
  {
    id: '506',
    name: 'VIPs of this month',
    // The list has no condition on tags: chosen, what it looks like where a segment has one.
    filters: JSON.stringify([
      thisMonth,
      { cls: 'tag', type: 'tag_contains', property_name: 'tags', value: { value: 'VIP' } },
    ]),
    tag: 'VIP',
  },
];

/** The segments the lead is in. @param now in milliseconds since 1970 */
export function segmentsOf(lead: SampleLead, now: number): Segment[] {
  return segments.filter(({ filters, tag }) => {
    const listed = tag === undefined ? filters : [thisMonth];
    return passes(toFilter(listed), lead.props, now) && (tag === undefined || hasTag(lead, tag));
  });
}

function hasTag(lead: SampleLead, wanted: string): boolean {
  return tagsOf(lead).some(({ name }) => name === wanted);
}
