import * as l10n from '@vscode/l10n';
import { minute } from '../dashly/dates';
import type { JsonObject } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import type { LeadElement } from '../leads/leadElement';
import { dateText, type DateFormat, pastTime, shortPastTime } from '../leads/dates';
import type { Masking } from '../leads/masking';
import { plural } from '../language';
import { isBlank, isolated, singleLine } from '../leads/text';
import { isSaid } from '../leads/values';
import { type VisitField, visitValue } from '../leads/visit';
import { knownName, leadLabel, presenceWord } from '../leads/wording';
import { isPresent, type OnlineVisitor } from './onlineVisitors';

/** A row of *Online Now*: as a lead's element it is what all commands on leads take. */
export interface VisitorRow extends LeadElement {
  readonly online: OnlineVisitor;
  /** Whether the visitor is known to be a lead. */
  readonly isLead: boolean;
  /** The best name that is known, else "Visitor …4821"; a pseudonym while contacts are masked. */
  readonly label: string;
  /** The title of the page they are on, else its address, as it may be shown; undefined when neither is known. */
  readonly page: string | undefined;
}

/**
 * The row of a visitor. What makes a visitor a lead is told only in part here (API.md, section 1): a name, a reply, or a
 * place among the loaded leads. What does not change with time is put into words here: it is asked for several times, of
 * thousands of rows.
 * @param listed the loaded lead with this id
 * @param masking in the state in which the row is shown
 */
export function visitorRow(online: OnlineVisitor, listed: Lead | undefined, masking: Masking): VisitorRow {
  const { props } = online.lead;
  const isLead = listed !== undefined || isSaid(props.$name) || isSaid(props.$last_reply);
  const lead = listed ?? online.lead;
  const { details } = online.visitor;
  const page =
    shown(details, '$current_page_title', lead, masking) ?? shown(details, '$current_page_url', lead, masking);
  return { kind: 'lead', lead, online, isLead, label: labelOf(online.lead, listed, masking), page };
}

function labelOf(visitor: Lead, listed: Lead | undefined, masking: Masking): string {
  if (masking.on) return leadLabel(visitor, masking);
  // The loaded lead may be older.
  const name = knownName(visitor) ?? (listed && knownName(listed));
  return name ?? l10n.t('Visitor …{0}', visitor.id.slice(-4));
}

/** Page and since when: "Pricing · 3 min"; for one who has gone, or may have, how long ago. */
export function visitorDescription({ online, page }: VisitorRow, now: number): string {
  const { since, visitor } = online;
  const gone = goneWords(online, now);
  if (gone !== undefined) return gone;
  const words: string[] = [];
  if (visitor.presence === 'idle') words.push(presenceWord('idle').toLowerCase());
  if (page !== undefined) words.push(isolated(page));
  if (since !== undefined) words.push(isolated(shortPastTime(since, now)));
  return words.join(' · ');
}

/** A row in words for a screen reader: "Maks, lead, online, on Pricing, came 3 minutes ago". */
export function visitorAccessibilityLabel(row: VisitorRow, now: number): string {
  const { since, visitor } = row.online;
  const words = [row.label, kindWord(row)];
  const gone = goneWords(row.online, now);
  if (gone === undefined) {
    words.push(presenceWord(visitor.presence === 'idle' ? 'idle' : 'online').toLowerCase());
    if (row.page !== undefined) words.push(l10n.t('on {0}', row.page));
    if (since !== undefined) words.push(l10n.t('came {0}', pastTime(since, now)));
  } else {
    words.push(gone);
  }
  return words.join(', ');
}

/** A row's tooltip: plain lines, one a fact, each safe by itself. */
export function visitorTooltip(row: VisitorRow, masking: Masking, now: number, format: DateFormat): string {
  const { since, lead } = row.online;
  const gone = goneWords(row.online, now);
  const text = (name: string): string | undefined => {
    const value = lead.props[name];
    return typeof value === 'string' && !isBlank(value) ? singleLine(masking.text(value, row.lead)) : undefined;
  };
  const place = [text('$city'), text('$region'), text('$country')].filter((part) => part !== undefined);
  const lines: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('Page'), row.page],
    [l10n.t('Address'), shown(row.online.visitor.details, '$current_page_url', row.lead, masking, 300)],
    [
      l10n.t('On the site since'),
      since === undefined
        ? undefined
        : `${pastTime(since, now)} (${dateText({ time: since, dateOnly: false }, format)})`,
    ],
    [l10n.t('From'), place.length === 0 ? undefined : place.join(', ')],
    [l10n.t('Lead id'), singleLine(lead.id)],
  ];
  return [
    `${isolated(row.label)} (${kindWord(row)}${gone === undefined ? '' : `, ${gone}`})`,
    ...lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${isolated(value)}`])),
  ].join('\n');
}

/** How many are there: "12 visitors, 4 leads". */
export function visitorCount(rows: readonly VisitorRow[]): string {
  const present = rows.filter(({ online }) => isPresent(online));
  const leads = present.filter(({ isLead }) => isLead).length;
  const count = plural(present.length, l10n.t('{0} visitor|{0} visitors'));
  return leads === 0 ? count : `${count}, ${plural(leads, l10n.t('{0} lead|{0} leads'))}`;
}

/** Why nobody can say that they are there; undefined while they are. */
function goneWords({ leftAt, seenAt }: OnlineVisitor, now: number): string | undefined {
  if (leftAt === undefined)
    return seenAt === undefined ? undefined : l10n.t('seen {0} ago', shortPastTime(seenAt, now));
  return now - leftAt < minute ? l10n.t('left just now') : l10n.t('left {0} ago', shortPastTime(leftAt, now));
}

function kindWord({ isLead }: VisitorRow): string {
  return isLead ? l10n.t('lead') : l10n.t('visitor');
}

/** A field that is told of a lead's visit, as it may be shown on one line; undefined when there is nothing to see. */
function shown(details: JsonObject, name: VisitField, lead: Lead, masking: Masking, longest = 80): string | undefined {
  const value = visitValue(details, name);
  return typeof value === 'string' && !isBlank(value) ? singleLine(masking.text(value, lead), longest) : undefined;
}
