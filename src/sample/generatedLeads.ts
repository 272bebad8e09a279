import { leadIdAt } from './leadId';
import { OrdinaryLeads } from './ordinaryLead';
import type { SampleLead, SampleProps } from './sampleLead';
import type { SpecialLead, SpecialLeadKind } from './specialLead';
import { specialLeads } from './specialLead';

/** Special leads come after these: an app of any size begins with ordinary ones. */
const firstSpecialPlace = 25;

/**
 * The leads an app starts with. None is kept: each is made when it is asked for, so an app of 250,000 leads takes no
 * more memory than one of ten.
 */
export class GeneratedLeads {
  private readonly ordinary: OrdinaryLeads;
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
    const special = this.specials[place - firstSpecialPlace];
    return special ? { id: leadIdAt(place), presence: special.presence, props: special.props } : this.ordinary.at(place);
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
