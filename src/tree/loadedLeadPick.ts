import * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import { plainLabel } from '../editor/plainLabel';
import { presenceIcon } from '../editor/presenceIcon';
import type { Masking } from '../leads/masking';
import { leadDescription, leadLabel } from '../leads/wording';

/** Lets the person choose one of the loaded leads. @returns its id, or undefined when the person left */
export async function pickLoadedLead(leads: readonly Lead[], masking: Masking): Promise<string | undefined> {
  const now = Date.now();
  const items = leads.map((lead) => ({
    label: plainLabel(leadLabel(lead, masking)),
    description: plainLabel(leadDescription(lead, masking, now)),
    iconPath: presenceIcon(lead.presence),
    id: lead.id,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Reveal Lead',
    placeHolder: items.length > 0 ? 'One of the loaded leads' : 'No lead is loaded yet',
    matchOnDescription: true,
  });
  return chosen?.id;
}
