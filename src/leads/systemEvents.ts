import * as l10n from '@vscode/l10n';

/** What the service calls its own events (API.md, section 7); those that it names nowhere else. */
const titles: Readonly<Record<string, string>> = {
  $session_start: l10n.t('visited the website'),
  $utm_hit: l10n.t('UTM parameters detected'),
  $registered: l10n.t('signed up'),
  $authorized: l10n.t('authorized'),
  $logout: l10n.t('logged out'),
  $leave_site_attempt: l10n.t('tried to leave the website'),
  $email_changed: l10n.t('e-mail defined or changed'),
  $name_changed: l10n.t('name defined or changed'),
  $phone_changed: l10n.t('phone defined or changed'),
  $user_merged: l10n.t('visitor is merged'),
  $user_banned: l10n.t('chat is hidden from the visitor'),
  $user_unbanned: l10n.t('chat is shown to the visitor'),
  $page_view: l10n.t('page view'),
  $input_filled: l10n.t('input field filled'),
  $form_sended: l10n.t('filled in the form'),
  $filled_facebook_lead_ad: l10n.t('Facebook lead form is filled'),
  $double_opt_in_send: l10n.t('confirmation e-mail was sent'),
  $double_opt_in_confirmed: l10n.t('lead confirmed e-mail'),
  $conversation_user_started: l10n.t('user started a chat conversation'),
  $conversation_part_group_closed: l10n.t('question solved'),
  $message_replied: l10n.t('replied to a message'),
  $product_viewed: l10n.t('product viewed'),
  $cart_added: l10n.t('product added to the cart'),
  $cart_viewed: l10n.t('cart viewed'),
  $order_started: l10n.t('order started'),
  $order_completed: l10n.t('order completed'),
  $order_paid: l10n.t('order paid'),
  $order_refunded: l10n.t('order refunded'),
  $order_cancelled: l10n.t('order cancelled'),
  $order_closed: l10n.t('order closed'),
};

/** The names of the service's own events. */
export const systemEvents: readonly string[] = Object.keys(titles);

/** An event of the service in the admin panel's words; undefined for any other. */
export function systemEventTitle(name: string): string | undefined {
  return Object.hasOwn(titles, name) ? titles[name] : undefined;
}
