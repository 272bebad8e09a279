import type { Workbench } from '../../vscode/workbench';

/** How the title tells the steps of building a filter apart. */
export const filterSteps = { list: /^Filter Leads[^(]*$/, property: '(1/3)', condition: '(2/3)', value: '(3/3)' };

/** In a step, types what narrows it down to a row, and accepts that row once it is the active one. */
export async function choose(
  { quickInput }: Workbench,
  step: keyof typeof filterSteps,
  typed: string,
  label: string,
): Promise<void> {
  await quickInput.opened(filterSteps[step]);
  await quickInput.type(typed);
  await quickInput.waitForRow(`${label}, active`, (row) => row.label.trim() === label && row.focused);
  await quickInput.press('Enter');
}
