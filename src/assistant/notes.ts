import { conditionTypeFacts, type TypedFilters } from '../dashly/conditions';
import { shortened } from '../dashly/shortened';
import { documentedKind, eventProperty, propertyTitle, systemProperties } from '../leads/properties';

/** The most things that are noted of one input. */
const mostNotes = 5;

/**
 * What looks wrong in the names of properties that a model has given: the service says nothing of a name that nobody has, and
 * finds no lead. Sentences for the model.
 * @param fields names of properties that were asked for
 * @param own names of properties that the app is known to have besides the documented ones
 */
export function inputNotes(
  { filters, fields = [] }: { readonly filters?: TypedFilters; readonly fields?: readonly string[] },
  own: ReadonlySet<string>,
): string[] {
  const conditions = filters?.filters ?? [];
  const names = new Set([...conditions.map(({ property_name: name }) => name), ...fields]);
  const unknown = [...names].flatMap((name) => {
    if (documentedKind(name) !== undefined || eventProperty(name) || own.has(name)) return [];
    const meant = meantProperty(name);
    const advice =
      meant === undefined ? 'dashly_leads_describe_properties tells which there are' : `did you mean “${meant}”?`;
    return [`No property “${shortened(name, 80)}” is known here: ${advice}`];
  });
  const unfit = conditions.flatMap(({ type, property_name: name }) => {
    const { kind } = conditionTypeFacts(type);
    const documented = documentedKind(name);
    if (kind === 'any' || documented === undefined || documented === kind) return [];
    return [`“${type}” is for another type of property than “${name}”, which is of the type ${documented}`];
  });
  return [...unknown, ...unfit].slice(0, mostNotes).map((note) => note.replace(/(?<!\?)$/, '.'));
}

/** The documented property that a name is nearest to: without its `$`, in other case, or in words. */
function meantProperty(name: string): string | undefined {
  const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const wanted = bare(name);
  if (wanted === '') return undefined;
  return systemProperties.find((known) => bare(known.name) === wanted || bare(propertyTitle(known.name)) === wanted)
    ?.name;
}
