import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ActivatedParts } from '../../../src/parts';
import { extensionId } from '../../vscode/extensionId';

/** The running extension's own parts, with no account in them. */
export async function activatedParts(): Promise<ActivatedParts> {
  const extension = vscode.extensions.getExtension<ActivatedParts | undefined>(extensionId);
  const parts = await extension?.activate();
  assert.ok(parts, 'the extension gives its parts to tests');
  await parts.ready;
  for (const account of parts.store.accounts) await parts.store.remove(account);
  return parts;
}
