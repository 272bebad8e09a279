import type { Lead } from '../dashly/lead';
import type { Masking } from '../leads/masking';
import { isBlank } from '../leads/plainText';
import { leadLabel } from '../leads/wording';

/**
 * What a lead is called in the title of a document or of a comparison. VS Code keeps both on disk for a window reload: so
 * it is the lead's name (its pseudonym while masked), but never an e-mail address, a phone number or a User ID.
 */
export function leadTitle(lead: Lead, masking: Masking): string {
  const { $name } = lead.props;
  const named = masking.on || (typeof $name === 'string' && !isBlank($name));
  return named ? leadLabel(lead, masking) : `Lead ${lead.id}`;
}
