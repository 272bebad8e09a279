import type { FrameLocator, Locator } from '../../vscode/browser';
import { waitUntil } from '../../vscode/condition';
import { chooseMenuItem } from '../../vscode/menu';
import type { QuickPickRow } from '../../vscode/quickInput';
import type { Workbench } from '../../vscode/workbench';

/** The card in sight, used as a person does. */
export class LeadCard {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  get frame(): FrameLocator {
    return this.#workbench.card();
  }

  /** Selects the lead's row and waits for its card. */
  async open(label: string): Promise<void> {
    const { leads } = this.#workbench;
    await leads.waitForRow(`the lead ${label}`, (row) => row.label === label);
    await leads.select(leads.row(label));
    await this.waitForName(label);
  }

  /** Looks a lead up by its id in the search, and opens its card with Enter. */
  async openId(id: string): Promise<void> {
    const { quickInput } = this.#workbench;
    await this.#workbench.runCommand('Dashly Leads: Search Leads…');
    await quickInput.opened(/^Search Leads of/);
    await quickInput.fill(id);
    await waitUntil('the service has answered, and a lead is active', async () => {
      const rows = await quickInput.rows();
      const isCount = ({ label }: QuickPickRow): boolean => /^\d+ match/.test(label);
      return rows.some(isCount) && rows.some((row) => row.focused && !isCount(row));
    });
    await quickInput.accept();
    await quickInput.closed();
    await this.waitForId(id);
  }

  /** Waits until the card of the lead with this id is in sight. */
  async waitForId(id: string): Promise<void> {
    await this.frame.locator('.contact[data-key="id"]').getByText(id, { exact: true }).waitFor();
  }

  /** Waits until the card of the lead with this name is in sight. */
  async waitForName(name: string, milliseconds = 15_000): Promise<void> {
    let seen = '';
    await waitUntil(
      `the card of ${name} is in sight`,
      async () => {
        seen = await this.frame.locator('h1').innerText({ timeout: 1000 });
        return seen === name;
      },
      milliseconds,
    ).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; it is that of "${seen}"`);
    });
  }

  /** Waits until the details are on the card. */
  async detailsRead(): Promise<void> {
    await this.frame.getByText('Details read').first().waitFor({ timeout: 15_000 });
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** Chooses an entry of the card's menu. */
  async menu(title: string): Promise<void> {
    await this.button('More Actions…').click();
    await chooseMenuItem(this.#workbench.page, title);
  }

  /** An entry of the card's menu, which VS Code shows. */
  menuItem(title: string): Locator {
    return this.#workbench.page.getByRole('menuitem', { name: title, exact: true });
  }

  /** Brings a tab to the front, by the word it begins with. */
  async tab(title: string): Promise<void> {
    const tab = this.frame.getByRole('tab', { name: new RegExp(`^${title}`) });
    await tab.click();
    await waitUntil(`the tab ${title} is chosen`, async () => (await tab.getAttribute('aria-selected')) === 'true');
  }

  /** The names of the properties in the grid, from the top. */
  async properties(): Promise<string[]> {
    return this.frame
      .locator('.property[data-key^="prop:"]')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.key?.replace(/^prop:/, '') ?? ''));
  }

  /** The row of a property, by its name as the API knows it. */
  property(name: string): Locator {
    return this.frame.locator(`.property[data-key=${JSON.stringify(`prop:${name}`)}]`);
  }

  async filter(text: string): Promise<void> {
    await this.frame.getByRole('textbox', { name: 'Filter properties' }).fill(text);
  }

  /** Points at a property and presses one of the buttons that appear. */
  async rowAction(name: string, action: string): Promise<void> {
    await this.property(name).hover();
    await this.property(name).getByRole('button', { name: action, exact: true }).click();
  }
}
