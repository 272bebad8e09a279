/** What each kind of failure is, and what to do about it. Sections 2 and 3 of the API document. */
export const errorSentences = {
  /** 400 `ValidationError` */
  validation: 'The service refused the request because a parameter is wrong or missing: check the filter and the sort order.',
  /** 400 `BadRequest` */
  badRequest: 'The service refused the request because it does not understand a parameter: check the filter and the sort order.',
  /** 400 `LookupError` */
  notFound: 'The service knows no lead with this id: it may have been merged or removed, so refresh the list.',
  /** 401 `NotAuthenticated`, 403 `AuthenticationFailed` */
  notAuthenticated: 'The service does not accept the token: it may be wrong or expired, so replace it with a new one.',
  /** 403 `PermissionDeniedError` */
  forbidden: 'The token has no right to this: check the app id, and what the token is allowed to do in the admin panel.',
  /** 404 `Error404` */
  wrongPath: 'The service has no such method at this address: check the address of the service.',
  /** 405 `MethodNotAllowed` */
  methodNotAllowed: 'The service does not allow this kind of request at this address: check the address of the service.',
  /** 429 `TooManyRequests` */
  tooManyRequests: 'The service has had too many requests: wait a while and try again.',
  /** 500 `Error500` and other 5xx */
  serverError: 'The service failed to answer because of an error of its own: try again later.',
  /** 502, 503, 504 */
  unavailable: 'The service is not available at the moment: try again in a few minutes.',
  /** another status that is not a success */
  unexpectedStatus: 'The service answered with a status that is not expected: check the address of the service.',
  timeout: 'The service did not answer in time: try again, or allow more time in the settings.',
  cancelled: 'The request was cancelled.',
  connectionRefused: 'Nothing accepts connections at the address of the service: check the address, and whether a firewall blocks it.',
  dns: 'The name of the service cannot be found: check the address and the network connection.',
  tls: 'No secure connection to the service is possible because its certificate is not trusted: check the address, the clock of this machine and the proxy.',
  proxyAuthentication: 'The proxy between here and the service asks for a sign-in: check the proxy settings of VS Code.',
  reset: 'The connection to the service was cut: try again.',
  network: 'The service cannot be reached: check the network connection and the proxy settings.',
  html: 'A web page came instead of an answer of the service: check the address, and whether a proxy or a sign-in page is in the way.',
  truncated: 'The answer of the service ended too early: try again.',
  notJson: 'The answer of the service is not JSON: check the address of the service.',
  tooLarge: 'The answer of the service is larger than 16 MB and was not read: ask for fewer leads at once.',
  shape: 'The answer of the service has another shape than expected: check the address, or look for an update of this extension.',
  redirect: 'The service redirects to another address, which is refused because the token must not go there: check the address of the service.',
} as const;

export type DashlyErrorKind = keyof typeof errorSentences;
