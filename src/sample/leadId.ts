/*
 * A lead's place in the app (0, 1, 2, … in the order in which the leads came) and its id follow from each other, so no
 * table of ids is needed. The first few are as short as those of an old app (`3568` in section 1 of API.md),
 * the others 64-bit (section 3): compared as text they are not in order, read as JavaScript numbers they are wrong.
 */
const shortIds = 20;
const firstShortId = 3568n;
const shortStep = 7n;
const firstLongId = 1448121617782670208n;
const longStep = 1048583111n;

/** The id of the lead at this place. */
export function leadIdAt(place: number): string {
  if (place < shortIds) {
    return String(firstShortId + BigInt(place) * shortStep);
  }
  const scatter = BigInt(Math.imul(place, 0x9e3779b1) >>> 4);
  return String(firstLongId + BigInt(place - shortIds) * longStep + scatter);
}

/** The place of the lead with this id; `undefined` when no place has it. */
export function leadPlaceOf(id: string): number | undefined {
  if (!/^[1-9]\d{0,18}$/.test(id)) {
    return undefined;
  }
  const number = BigInt(id);
  const place =
    number < firstLongId
      ? Number((number - firstShortId) / shortStep)
      : Number((number - firstLongId) / longStep) + shortIds;
  return place >= 0 && leadIdAt(place) === id ? place : undefined;
}
