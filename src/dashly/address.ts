const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Where the service is. Joins paths to it, also when it has a path of its own. */
export class ServiceAddress {
  private readonly base: string;

  /**
   * @throws TypeError for what is no address of the web, and for plain http to another machine: the token would be sent
   *   readable for everybody on the way
   */
  constructor(address: string) {
    const url = new URL(address);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname))) {
      throw new TypeError('The address of the service must begin with https://.');
    }
    this.base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  }

  /** @param params values of the query; undefined ones are left out */
  url(path: string, params: Readonly<Record<string, string | undefined>>): string {
    const query = Object.entries(params).flatMap(([name, value]) =>
      value === undefined ? [] : [`${encode(name)}=${encode(value)}`],
    );
    return `${this.base}${path}${query.length > 0 ? '?' : ''}${query.join('&')}`;
  }
}

/**
 * An id as one step of a path. `$` stays, because only the sample API is known to accept `%24self_app`.
 * @returns undefined for what an address would take for another path, encoded or not
 */
export function pathStep(id: string): string | undefined {
  if (/^\.{0,2}$/.test(id)) return undefined;
  return encode(id).replaceAll('%24', '$');
}

function encode(text: string): string {
  // Half a pair cannot be written in UTF-8; cutting typed text by length can leave one.
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));
}
