/** The groups of a lead's properties, in the order they are shown in. */
export const propertyGroups = ['contacts', 'activity', 'place', 'source', 'shop', 'system', 'custom', 'events'] as const;
export type PropertyGroup = (typeof propertyGroups)[number];

/** The group's heading. */
export function propertyGroupTitle(_group: PropertyGroup): string {
  throw new Error('not yet');
}

/** The group a property belongs to. */
export function propertyGroup(_name: string): PropertyGroup {
  throw new Error('not yet');
}
