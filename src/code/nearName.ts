import * as l10n from '@vscode/l10n';
import { identifyingProperties, systemProperties } from '../leads/properties';
import { systemEvents } from '../leads/systemEvents';
import { singleLine } from '../leads/text';
import { isKnown, type KnownApp, limits, type Mention } from './names';

/** A name that this one nearly is. */
export interface NearName {
  readonly text: string;
  /** The app that has it; undefined for the service itself. */
  readonly app?: string;
}

/** Says so in a sentence. Names of the app are written by strangers: in one line, and not too long. */
export function nearWords({ text, app }: NearName): string {
  const name = singleLine(text, 80);
  return app === undefined
    ? l10n.t('This is nearly “{0}”, which the service itself has.', name)
    : l10n.t('This is nearly “{0}”, which {1} has.', name, app);
}

/**
 * The name that the app or the service has and this one nearly is: other capitals, blanks or signs, or one or two letters
 * aside; undefined when it is known itself.
 */
export function nearName(mention: Mention, app: KnownApp | undefined): NearName | undefined {
  const { kind, name } = mention;
  if (name.text.length < 3 || name.text.length > limits[kind] || isKnown(mention, app)) return undefined;
  const ofApp = kind === 'event' ? (app?.events.values() ?? []) : (app?.properties ?? []);
  // Own names are often the words of the service's. Of its properties without their $ only contacts are sure to be meant.
  const isService = name.text.startsWith('$');
  const properties = isService ? systemProperties : identifyingProperties;
  const ofService = kind === 'property' ? properties.map((property) => property.name) : isService ? systemEvents : [];
  const isNear = (known: string): boolean => areNear(name.text, known);
  const own = [...ofApp].find(isNear);
  if (own !== undefined && app) return { text: own, app: app.name };
  const service = ofService.find(isNear);
  return service === undefined ? undefined : { text: service };
}

function areNear(one: string, other: string): boolean {
  const [a, b] = [folded(one), folded(other)];
  if (a === b) return a !== '';
  // Short names are often one letter apart, and numbered ones mean it.
  const most = Math.min(a.length, b.length) < 5 ? 0 : Math.min(a.length, b.length) < 9 ? 1 : 2;
  if (Math.abs(a.length - b.length) > most || !isWithin(most, a, b)) return false;
  return a.replace(/\d/g, '') !== b.replace(/\d/g, '');
}

/** Names by what counts of them: each is compared with all others, again and again. */
const foldedNames = new Map<string, string>();
const mostFolded = 10_000;

/** What counts of a name: letters and digits, whatever their case. */
function folded(name: string): string {
  const known = foldedNames.get(name);
  if (known !== undefined) return known;
  const made = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  if (foldedNames.size >= mostFolded) foldedNames.clear();
  foldedNames.set(name, made);
  return made;
}

/** Whether no more than so many letters must be put in, left out, changed, or swapped with their neighbour. */
function isWithin(most: number, a: string, b: string): boolean {
  const far = most + 1;
  const width = b.length + 1;
  let [before, last, row] = [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)];
  for (let j = 0; j < width; j++) last[j] = Math.min(j, far);
  for (let i = 1; i <= a.length; i++) {
    // Further from the diagonal it is too far already.
    const [from, to] = [Math.max(1, i - most), Math.min(b.length, i + most)];
    row.fill(far);
    if (i <= most) row[0] = i;
    let nearest = row[0] ?? far;
    for (let j = from; j <= to; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const bySwap = swapped ? (before[j - 2] ?? far) + 1 : far;
      const steps = Math.min(
        (last[j] ?? far) + 1,
        (row[j - 1] ?? far) + 1,
        (last[j - 1] ?? far) + (same ? 0 : 1),
        bySwap,
      );
      row[j] = Math.min(steps, far);
      nearest = Math.min(nearest, steps);
    }
    if (nearest > most) return false;
    [before, last, row] = [last, row, before];
  }
  return (last[b.length] ?? far) <= most;
}
