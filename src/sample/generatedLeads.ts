import { leadIdAt } from './leadId';
import { ordinaryLead } from './ordinaryLead';
import { Random } from './random';
import type { SampleLead } from './sampleLead';
import type { SpecialLead, SpecialLeadKind } from './specialLead';
import { specialLeads } from './specialLead';

/** Special leads come after these: an app of any size begins with ordinary ones. */
const firstSpecialPlace = 25;

/**
 * The leads an app starts with. None is kept: each is made when it is asked for, so an app of 250,000 leads takes no
 * more memory than one of ten.
 */
export class GeneratedLeads {
  private readonly random = new Random(0);
  private readonly specials: readonly SpecialLead[];

  /** `startedAt` in milliseconds since 1970; the same arguments give the same leads. */
  constructor(
    readonly count: number,
    private readonly seed: number,
    private readonly startedAt: number,
  ) {
    this.specials = specialLeads(startedAt);
  }

  /** The lead at a place from 0 to `count - 1`. */
  at(place: number): SampleLead {
    const special = this.specials[place - firstSpecialPlace];
    if (special) {
      return { id: leadIdAt(place), presence: special.presence, props: special.props };
    }
    this.random.restart(this.seed, place);
    return ordinaryLead(place, this.startedAt, this.random);
  }

  /** The ids of the leads that are examples of something; none when the app is too small to hold them. */
  idsOf(kind: SpecialLeadKind): string[] {
    return this.specials.flatMap((special, index) => {
      const place = firstSpecialPlace + index;
      return special.about === kind && place < this.count ? [leadIdAt(place)] : [];
    });
  }
}
