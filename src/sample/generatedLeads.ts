import { leadIdAt } from './leadId';
import { OrdinaryLeads } from './ordinaryLead';
import type { SampleLead, SampleProps } from './sampleLead';
import type { SpecialLead, SpecialLeadKind } from './specialLead';
import { specialLeads } from './specialLead';

/** Special leads come after these: an app of any size begins with ordinary ones. */
const firstSpecialPlace = 25;

/** How many leads are kept ready: as many as a query can read (section 1 of API.md), twice. */
const keptLeads = 20_000;

/**
 * The leads an app starts with. Each is made when it is asked for, and only some are kept: an app of 250,000 leads takes
 * little more memory than one of ten thousand.
 */
export class GeneratedLeads {
  private readonly ordinary: OrdinaryLeads;
  private readonly kept = new Map<number, SampleLead>();
  private readonly specials: readonly SpecialLead[];

  /** `startedAt` in milliseconds since 1970; the same arguments give the same leads. */
  constructor(
    readonly count: number,
    seed: number,
    startedAt: number,
  ) {
    this.ordinary = new OrdinaryLeads(seed, startedAt);
    this.specials = specialLeads(startedAt);
  }

  /** The lead at a place from 0 to `count - 1`. */
  at(place: number): SampleLead {
    let lead = this.kept.get(place);
    if (!lead) {
      const special = this.specials[place - firstSpecialPlace];
      lead = special
        ? { id: leadIdAt(place), presence: special.presence, props: special.props }
        : this.ordinary.at(place);
      if (this.kept.size >= keptLeads) {
        this.kept.clear();
      }
      this.kept.set(place, lead);
    }
    return lead;
  }

  /** At least these properties of the lead at a place; cheaper than the whole lead where they are the usual ones. */
  propsAt(place: number, properties: readonly string[]): SampleProps {
    return this.specials[place - firstSpecialPlace]?.props ?? this.ordinary.propsAt(place, properties);
  }

  /** The ids of the leads that are examples of something; none when the app is too small to hold them. */
  idsOf(kind: SpecialLeadKind): string[] {
    return this.specials.flatMap((special, index) => {
      const place = firstSpecialPlace + index;
      return special.about === kind && place < this.count ? [leadIdAt(place)] : [];
    });
  }
}
