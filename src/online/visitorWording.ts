import * as l10n from '@vscode/l10n';
import { minute } from '../dashly/dates';
import type { Lead } from '../dashly/lead';
import type { LeadElement } from '../leads/leadElement';
import { dateText, type DateFormat, pastTime, shortPastTime } from '../leads/dates';
import type { Masking } from '../leads/masking';
import { plural } from '../language';
import { isBlank, isolated, singleLine } from '../leads/text';
import { isSaid } from '../leads/values';
import { type VisitField, visitValue } from '../leads/visit';
import { knownName, leadLabel, presenceWord } from '../leads/wording';
import type { OnlineVisitor } from './onlineVisitors';

/** A row of *Online Now*: as a lead's element it is what all commands on leads take. */
export interface VisitorRow extends LeadElement {
  readonly online: OnlineVisitor;
  /** Whether the visitor is known to be a lead. */
  readonly isLead: boolean;
}

/**
 * The row of a visitor. What makes a visitor a lead is told only in part here (API.md, section 1): a name, a reply, or a
 * place among the loaded leads.
 * @param listed the loaded lead with this id
 */
export function visitorRow(online: OnlineVisitor, listed: Lead | undefined): VisitorRow {
  const { props } = online.lead;
  const isLead = listed !== undefined || isSaid(props.$name) || isSaid(props.$last_reply);
  return { kind: 'lead', lead: listed ?? online.lead, online, isLead };
}

/** What a visitor is called: the best name that is known, else "Visitor …4821"; a pseudonym while contacts are masked. */
export function visitorLabel({ lead, online }: VisitorRow, masking: Masking): string {
  if (masking.on) return leadLabel(lead, masking);
  // The loaded lead may be older.
  return knownName(online.lead) ?? knownName(lead) ?? l10n.t('Visitor …{0}', lead.id.slice(-4));
}

/** Page and since when: "Pricing · 3 min"; for one who has gone, how long ago. */
export function visitorDescription(row: VisitorRow, masking: Masking, now: number): string {
  const { leftAt, since, visitor } = row.online;
  if (leftAt !== undefined) return leftWords(leftAt, now);
  return [
    visitor.presence === 'idle' ? presenceWord('idle').toLowerCase() : undefined,
    pageOf(row, masking),
    since === undefined ? undefined : shortPastTime(since, now),
  ]
    .filter((part) => part !== undefined)
    .map(isolated)
    .join(' · ');
}

/** A row in words for a screen reader: "Maks, lead, online, on Pricing, came 3 minutes ago". */
export function visitorAccessibilityLabel(row: VisitorRow, masking: Masking, now: number): string {
  const { leftAt, since, visitor } = row.online;
  const page = pageOf(row, masking);
  const state =
    leftAt === undefined
      ? [
          presenceWord(visitor.presence === 'idle' ? 'idle' : 'online').toLowerCase(),
          page === undefined ? undefined : l10n.t('on {0}', page),
          since === undefined ? undefined : l10n.t('came {0}', pastTime(since, now)),
        ]
      : [leftWords(leftAt, now)];
  return [visitorLabel(row, masking), kindWord(row), ...state].filter((part) => part !== undefined).join(', ');
}

/** A row's tooltip: plain lines, one a fact, each safe by itself. */
export function visitorTooltip(row: VisitorRow, masking: Masking, now: number, format: DateFormat): string {
  const { since, leftAt, lead } = row.online;
  const text = (name: string): string | undefined => {
    const value = lead.props[name];
    return typeof value === 'string' && !isBlank(value) ? singleLine(masking.text(value, row.lead)) : undefined;
  };
  const exact = { ...format, timeZone: format.timeZone ?? 'UTC' };
  const place = [text('$city'), text('$region'), text('$country')].filter((part) => part !== undefined);
  const lines: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('Page'), pageOf(row, masking)],
    [l10n.t('Address'), shown(row, '$current_page_url', masking, 300)],
    [
      l10n.t('On the site since'),
      since === undefined
        ? undefined
        : `${pastTime(since, now)} (${dateText({ time: since, dateOnly: false }, exact)})`,
    ],
    [l10n.t('From'), place.length === 0 ? undefined : place.join(', ')],
    [l10n.t('Lead id'), singleLine(lead.id)],
  ];
  return [
    `${isolated(visitorLabel(row, masking))} (${kindWord(row)}${leftAt === undefined ? '' : `, ${leftWords(leftAt, now)}`})`,
    ...lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${isolated(value)}`])),
  ].join('\n');
}

/** How many are there: "12 visitors, 4 leads". */
export function visitorCount(rows: readonly VisitorRow[]): string {
  const present = rows.filter(({ online }) => online.leftAt === undefined);
  const leads = present.filter(({ isLead }) => isLead).length;
  const count = plural(present.length, l10n.t('{0} visitor|{0} visitors'));
  return leads === 0 ? count : `${count}, ${plural(leads, l10n.t('{0} lead|{0} leads'))}`;
}

function leftWords(leftAt: number, now: number): string {
  return now - leftAt < minute ? l10n.t('left just now') : l10n.t('left {0} ago', shortPastTime(leftAt, now));
}

function kindWord({ isLead }: VisitorRow): string {
  return isLead ? l10n.t('lead') : l10n.t('visitor');
}

function pageOf(row: VisitorRow, masking: Masking): string | undefined {
  return shown(row, '$current_page_title', masking) ?? shown(row, '$current_page_url', masking);
}

function shown({ online, lead }: VisitorRow, name: VisitField, masking: Masking, longest = 80): string | undefined {
  const value = visitValue(online.visitor.details, name);
  return typeof value === 'string' && !isBlank(value) ? singleLine(masking.text(value, lead), longest) : undefined;
}
