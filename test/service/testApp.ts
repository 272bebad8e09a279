import { type Filter, toFilter } from '../../src/sample/matcher';
import { SampleApp, type SampleAppOptions } from '../../src/sample/sampleApp';
import { leadIdAt, type SampleLead } from '../../src/sample/sampleLead';
import { type SpecialLead, type SpecialLeadKind, specialLeads } from './specialLeads';

/** Special leads come after these: an app of any size begins with ordinary ones. */
const firstSpecialPlace = 25;

export interface TestAppOptions extends SampleAppOptions {
  /** Whether hand-written leads are among the others; some are very large. Default true. */
  readonly special?: boolean;
  /** Changes what filters mean: the other answers to questions that no document settles (`otherFilters`). */
  readonly changeFilter?: (filter: Filter) => Filter;
}

/** A sample app with hand-written leads among the generated ones, that keeps what a client must never cause. */
export class TestApp extends SampleApp {
  /** The User IDs for which a request with `by_user_id` created a lead. */
  readonly createdByUserId: string[] = [];
  private readonly specials: readonly SpecialLead[];
  private readonly changeFilter: TestAppOptions['changeFilter'];

  constructor(options: TestAppOptions = {}) {
    super(options);
    this.changeFilter = options.changeFilter;
    const wanted = options.special === false ? 0 : Math.max(0, this.count - firstSpecialPlace);
    this.specials = specialLeads(this.startedAt).slice(0, wanted);
    for (const [index, { presence, props }] of this.specials.entries()) {
      const place = firstSpecialPlace + index;
      this.put(place, { id: leadIdAt(place), presence, props });
    }
  }

  /** The ids of the leads that are examples of something; none when the app is too small to hold them. */
  idsOf(kind: SpecialLeadKind): string[] {
    return this.specials.flatMap(({ about }, index) => (about === kind ? [leadIdAt(firstSpecialPlace + index)] : []));
  }

  override createByUserId(userId: string): SampleLead {
    this.createdByUserId.push(userId);
    return super.createByUserId(userId);
  }

  protected override readFilter(filters: unknown): Filter {
    const filter = toFilter(filters);
    return this.changeFilter?.(filter) ?? filter;
  }
}
