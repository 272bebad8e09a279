import type { AxeResults } from 'axe-core';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FrameLocator } from '../../vscode/browser';

/** Runs axe-core inside the page of a webview; gives one line for each violation. */
export async function violations(page: FrameLocator): Promise<string[]> {
  const source = await readFile(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
  const frame = await (await page.locator('body').elementHandle()).ownerFrame();
  assert.ok(frame);
  // Given as text the driver runs it past the page's policy, which forbids every script but its own.
  await frame.evaluate(source);
  const results = await frame.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}
