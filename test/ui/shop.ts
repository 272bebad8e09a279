import type { SaidPart } from '../../src/sample/conversation';
import { LeadsView } from '../vscode/leadsView';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp } from './helpers/servedApp';

const olga = { id: '9', name: 'Olga', avatar: null, type: 'admin' } as const;

/** A conversation with a part of every kind. */
const conversation: readonly SaidPart[] = [
  { body: 'Hello! The checkout tells me that my card was refused, but my bank says it is fine.' },
  {
    ...{ type: 'auto_reply', body: 'Thank you for writing! We answer within an hour.', sent_via: 'message_auto' },
    from: { name: 'Support team', avatar: null, type: 'default_admin' },
  },
  { type: 'assigned', from: olga, assignee: { id: '9', name: 'Olga' } },
  { type: 'note', from: olga, body: 'Third one this week: look at the payment log of Tuesday.' },
  { type: 'reply_admin', from: olga, body: '<p>Hello Maria,<br>could you send me a picture of the message?</p>' },
  {
    body: 'Here it is.',
    attachments: [
      {
        ...{ id: '1', type: 'image', filename: 'refused.png', mime_type: 'image/png', size: 184_320, created: 0 },
        url: 'https://files.example.com/refused.png',
      },
    ],
  },
  { type: 'tag_added', from: olga, tag: { id: '3', name: 'billing' } },
  { type: 'reply_admin', from: olga, body: 'It works again now. Sorry for the trouble!', sent_via: 'email_admin' },
  { body: 'Thank you, the order went through!', sent_via: 'email_user', read: false },
];

/** A shop in a window, with people on its site. */
export async function openShop(workbench: Workbench) {
  const served = await serveApp({ leads: 1_300, seed: 5, special: false });
  const { app } = served;
  const now = Date.now();
  const maria = app.add({
    ...{ $name: 'Maria Novak', $email: 'maria.novak@example.com', $phone: '+420 601 555 018', $user_id: 'maria-18' },
    ...{ $country: 'Czechia', $city: 'Brno', $sessions: 42, $orders_count: 5, plan: 'team' },
    $last_seen: new Date(now).toISOString().slice(0, 19),
  });
  const pages = ['Pricing', 'Docs', 'Checkout', 'Blog'];
  const there = app.query().filter((id) => app.record(id)?.presence !== 'offline');
  for (const [index, id] of there.entries())
    app.site.open(id, pages[index % pages.length] ?? '', now - (index + 3) * 60_000);
  const day = 24 * 3_600_000;
  for (const [name, days] of Object.entries({
    Registered: 96,
    'Cart viewed': 40,
    'Order completed': 21,
    'Page visited': 2,
  }))
    app.site.track(maria, name, {}, now - days * day);
  for (const [page, seconds] of Object.entries({ Blog: 400, Docs: 200, Pricing: 90, Checkout: 20 }))
    app.site.come(page, now - seconds * 1000);
  app.comeOnline(maria, now - 150_000);
  app.site.open(maria, 'Checkout', now - 150_000);
  app.conversations.begin(maria, conversation);
  await connectApp(workbench, served);
  const { quickInput, leads } = workbench;
  await workbench.runCommand('Dashly Leads: Switch App…');
  await quickInput.opened('Switch App');
  await quickInput.clickRowButton(/127/, 'Rename');
  await quickInput.opened(/^Rename/);
  await quickInput.fill('Shop');
  await quickInput.accept();
  await quickInput.closed();
  await leads.waitForMessage(/^Shop/);
  await workbench.runCommand('Notifications: Clear All Notifications');
  return {
    maria,
    card: new LeadCard(workbench),
    /** Brings *Online Now* into sight, and folds the list. @returns its row of Maria */
    async showOnline() {
      const online = new LeadsView(workbench.page, 1);
      await workbench.runCommand('Dashly Leads: Focus on Online Now View');
      await leads.collapse();
      await online.waitForRow('Maria', ({ label }) => label === 'Maria Novak');
      return { online, row: online.row('Maria Novak') };
    },
    track: (name: string, props?: Parameters<typeof app.site.track>[2]) => app.site.track(maria, name, props),
    close: () => served.server.close(),
  };
}
