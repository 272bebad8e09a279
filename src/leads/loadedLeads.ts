import { sameJson } from '../dashly/json';
import { type Lead, propertyOf, type PropertyValue } from '../dashly/lead';

/**
 * What a lead is sorted by. A lead that is met again with the same one has not moved; with another one it has, and stands
 * where it stands by chance.
 * @param sortProp the property's name
 * @returns null where it is not set: it may be absent or null (API.md, section 6)
 */
export function sortValue(lead: Lead, sortProp: string): PropertyValue {
  return propertyOf(lead, sortProp) ?? null;
}

/**
 * The leads read so far, in the order they were read, each id once; with what is needed to recognise a lead met again
 * as one that has stayed in its place.
 */
export class LoadedLeads {
  private readonly rows: Lead[] = [];
  private readonly indexes = new Map<string, number>();
  /** What each lead was sorted by when it was listed: `update` may bring a newer record without moving the row. */
  private readonly sortValues: PropertyValue[] = [];
  /** Where each lead would stand had nothing been added or removed above since the first page; NaN when unknown. */
  private readonly places: number[] = [];

  constructor(private readonly sortProp: string) {}

  get leads(): readonly Lead[] {
    return this.rows;
  }

  get length(): number {
    return this.rows.length;
  }

  /** The row a lead stands in, from 0. */
  indexOf(id: string): number | undefined {
    return this.indexes.get(id);
  }

  placeOf(id: string): number | undefined {
    const index = this.indexes.get(id);
    return index === undefined ? undefined : this.places[index];
  }

  /** Whether the lead is known and is still sorted by the value it was listed with, which means it has not moved. */
  hasStayed(lead: Lead): boolean {
    const index = this.indexes.get(lead.id);
    return index !== undefined && sameJson(this.sortValues[index], sortValue(lead, this.sortProp));
  }

  /** Adds a lead that is not known yet. */
  append(lead: Lead, place: number): void {
    this.indexes.set(lead.id, this.rows.length);
    this.rows.push(lead);
    this.sortValues.push(sortValue(lead, this.sortProp));
    this.places.push(place);
  }

  /** Puts what the list says now into the row of a known lead. */
  relist(lead: Lead, place: number): void {
    const index = this.indexes.get(lead.id);
    if (index !== undefined) {
      this.rows[index] = lead;
      this.sortValues[index] = sortValue(lead, this.sortProp);
      this.places[index] = place;
    }
  }

  /** Keeps the objects of an older reading for the leads whose records are the same: who holds them sees no change. */
  keepSame(older: LoadedLeads): void {
    for (const [index, lead] of this.rows.entries()) {
      const place = older.indexes.get(lead.id);
      const known = place === undefined ? undefined : older.rows[place];
      if (known && sameJson(known.record, lead.record)) {
        this.rows[index] = known;
      }
    }
  }

  /** Puts a newer record, read elsewhere, into the row of a known lead. False when there is no such row. */
  update(lead: Lead): boolean {
    const index = this.indexes.get(lead.id);
    if (index === undefined) {
      return false;
    }
    this.rows[index] = lead;
    return true;
  }
}
