import { condition, filtersOf } from '../dashly/filters';
import type { View } from './view';

/** A view that everybody has, and what it shows in words. */
export interface BuiltInView extends View {
  readonly detail: string;
}

/** What people ask for that the API cannot tell, and why: said where views are chosen, instead of a view that lies. */
export const missingView = {
  name: 'New this week',
  detail: 'Cannot be shown: the API does not tell when a lead was first seen.',
};

/**
 * The views that everybody has.
 * @param now the moment of choosing: *today* begins at midnight of the user's zone
 */
export function builtInViews(now: Date): BuiltInView[] {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
  return [
    { name: 'All leads', detail: 'Everybody, who came last first' },
    {
      name: 'Came today',
      detail: 'Last seen since midnight',
      filters: filtersOf('and', [condition.date('after', '$last_seen', midnight)]),
    },
    {
      name: 'Active now',
      detail: 'Online or idle, among the loaded leads: the API cannot filter by presence',
      presence: ['online', 'idle'],
    },
    { name: 'With e-mail', detail: 'E-mail is known', filters: filtersOf('and', [condition.none('known', '$email')]) },
    { name: 'With phone', detail: 'Phone is known', filters: filtersOf('and', [condition.none('known', '$phone')]) },
    {
      name: 'Without contacts',
      detail: 'Neither e-mail nor phone is known',
      filters: filtersOf('and', [condition.none('unknown', '$email'), condition.none('unknown', '$phone')]),
    },
    {
      name: 'Never contacted',
      detail: 'Nobody has written to them: last contacted is unknown',
      filters: filtersOf('and', [condition.none('unknown', '$last_contacted')]),
    },
  ];
}
