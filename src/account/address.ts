/** An address that may be used, or a sentence that says what is wrong with it. */
export type AddressCheck = { readonly address: string } | { readonly problem: string };

/**
 * Checks the address of a service before a token is ever sent there: https, or plain http on this machine only, and
 * nothing in it but host, port and path.
 * @param text what a person typed
 * @returns the address without a slash at the end, or what to change
 */
export function parseAddress(text: string): AddressCheck {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'Type the address of the service, such as https://api.example.com.' };
  if (!/^https?:\/\//i.test(trimmed)) return { problem: 'Begin the address with https://.' };
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return { problem: 'This is not a web address. It looks like https://api.example.com.' };
  }
  if (url.username || url.password) return { problem: 'Leave out the name and password before the @: the token is asked for later.' };
  if (trimmed.includes('?') || trimmed.includes('#')) return { problem: 'Leave out everything from the first ? or # on.' };
  if (/\/apps(\/|$)/.test(url.pathname)) return { problem: 'Leave out /apps and what follows: only the beginning of the address is wanted.' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { problem: 'Use https://: over plain http the token could be read on the way. (http is only for this machine.)' };
  }
  return { address: url.origin + url.pathname.replace(/\/+$/, '') };
}

/** Whether a host name, as `URL` gives it, can only be this machine (RFC 6761 for `localhost`, RFC 1122 for 127.0.0.0/8). */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
