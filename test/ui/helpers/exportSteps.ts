import { waitUntil } from '../../vscode/condition';
import type { Workbench } from '../../vscode/workbench';

/** Which leads an export is of, as the first step calls them. */
export type ExportedLeads = 'Every lead of this view' | 'The loaded leads' | 'The selected leads';

/**
 * Exports to a local file, all properties, by keyboard.
 * @param contacts what is chosen in the step that comes only while contacts are masked
 */
export async function exportTo(
  workbench: Workbench,
  path: string,
  leads: ExportedLeads = 'Every lead of this view',
  format: 'NDJSON' | 'CSV' = 'NDJSON',
  contacts?: 'Masked contacts' | 'Real contacts',
): Promise<void> {
  await workbench.runCommand('Dashly Leads: Export Leads…');
  await answer(workbench, 'Which leads?', leads);
  await answer(workbench, 'Which format?', format);
  await answer(workbench, 'Which properties?', 'All properties');
  if (contacts) await answer(workbench, 'Contacts are masked.', contacts);
  await saveAs(workbench, path);
}

/** Gives the save dialog of an export, which opens after its steps, the path of a local file. */
export async function saveAs({ quickInput }: Workbench, path: string): Promise<void> {
  await quickInput.opened(/^Export Leads$/);
  await waitUntil('the save dialog proposes a name', async () =>
    /-leads-\d{4}-\d\d-\d\d/.test(await quickInput.value()),
  );
  await quickInput.fill(path);
  // The dialog takes no Enter while it reads the folder that was typed, and asks before it gives a name that is taken.
  await waitUntil('the save dialog has taken the path', async () => {
    if (!(await quickInput.input.isVisible())) return true;
    await quickInput.accept();
    return quickInput.input.waitFor({ state: 'hidden', timeout: 1000 }).then(
      () => true,
      () => false,
    );
  });
}

/** In the step that asks this, types what narrows it down to a row, and accepts that row. */
export async function answer({ quickInput }: Workbench, question: string, label: string): Promise<void> {
  await waitUntil(`it is asked: ${question}`, async () => (await quickInput.placeholder()).startsWith(question));
  await quickInput.type(label);
  await quickInput.waitForRow(`${label}, active`, (row) => row.label.startsWith(label) && row.focused);
  await quickInput.press('Enter');
}
