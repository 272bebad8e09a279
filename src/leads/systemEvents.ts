/** What the service calls its own events (API.md, section 7); those that it names nowhere else. */
const titles: Readonly<Record<string, string>> = {
  $session_start: 'visited the website',
  $utm_hit: 'UTM parameters detected',
  $registered: 'signed up',
  $authorized: 'authorized',
  $logout: 'logged out',
  $leave_site_attempt: 'tried to leave the website',
  $email_changed: 'e-mail defined or changed',
  $name_changed: 'name defined or changed',
  $phone_changed: 'phone defined or changed',
  $user_merged: 'visitor is merged',
  $user_banned: 'chat is hidden from the visitor',
  $user_unbanned: 'chat is shown to the visitor',
  $page_view: 'page view',
  $input_filled: 'input field filled',
  $form_sended: 'filled in the form',
  $filled_facebook_lead_ad: 'Facebook lead form is filled',
  $double_opt_in_send: 'confirmation e-mail was sent',
  $double_opt_in_confirmed: 'lead confirmed e-mail',
  $conversation_user_started: 'user started a chat conversation',
  $conversation_part_group_closed: 'question solved',
  $message_replied: 'replied to a message',
  $product_viewed: 'product viewed',
  $cart_added: 'product added to the cart',
  $cart_viewed: 'cart viewed',
  $order_started: 'order started',
  $order_completed: 'order completed',
  $order_paid: 'order paid',
  $order_refunded: 'order refunded',
  $order_cancelled: 'order cancelled',
  $order_closed: 'order closed',
};

/** The names of the service's own events. */
export const systemEvents: readonly string[] = Object.keys(titles);

/** An event of the service in the admin panel's words; undefined for any other. */
export function systemEventTitle(name: string): string | undefined {
  return Object.hasOwn(titles, name) ? titles[name] : undefined;
}
