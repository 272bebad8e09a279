import { type PageLimits, pageStep } from './offsetPages';

/** Enough to go back over some hundred leads that were removed without being noticed in `total`. */
const maxProbes = 16;

/**
 * Where to look for a known lead when none is found where the last one stood: first where the change of `total` says
 * it should be now, then page by page backwards to the start (leads were removed above), then forwards to the end
 * (they were added, or came from below). Gives up after some probes.
 *
 * @param position where the last known lead stood
 * @param grownBy by how much `total` has changed since
 */
export function* searchOffsets(
  position: number,
  grownBy: number,
  total: number,
  limits: PageLimits,
): Generator<number, undefined> {
  const last = Math.max(0, Math.min(total, limits.cap) - 1);
  const step = pageStep(limits);
  const tried = new Set([position]);
  const untried = (offset: number): boolean =>
    tried.size <= maxProbes && !tried.has(offset) && tried.add(offset).has(offset);

  const likely = Math.max(0, Math.min(last, position + grownBy - Math.floor(limits.page / 2)));
  if (untried(likely)) {
    yield likely;
  }
  for (let offset = Math.min(position, last) - step; offset > -step; offset -= step) {
    if (untried(Math.max(0, offset))) {
      yield Math.max(0, offset);
    }
  }
  for (let offset = position + step; offset <= last; offset += step) {
    if (untried(offset)) {
      yield offset;
    }
  }
  return undefined;
}
