/** `meta.error` of the error table (API.md, section 3). */
export type ApiErrorName =
  | 'ValidationError'
  | 'BadRequest'
  | 'LookupError'
  | 'NotAuthenticated'
  | 'AuthenticationFailed'
  | 'PermissionDeniedError'
  | 'Error404'
  | 'MethodNotAllowed'
  | 'TooManyRequests'
  | 'Error500';

/** The HTTP status each error comes with. */
export const errorStatus: Readonly<Record<ApiErrorName, number>> = {
  ValidationError: 400,
  BadRequest: 400,
  LookupError: 400,
  NotAuthenticated: 401,
  // Old documentation: a bad token is answered so.
  AuthenticationFailed: 403,
  PermissionDeniedError: 403,
  Error404: 404,
  MethodNotAllowed: 405,
  TooManyRequests: 429,
  Error500: 500,
};

/** A refusal by the sample API. */
export class ApiError extends Error {
  /** `fields`: messages by parameter, for a `ValidationError`. */
  constructor(
    readonly error: ApiErrorName,
    message: string,
    readonly fields?: Readonly<Record<string, readonly string[]>>,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get status(): number {
    return errorStatus[this.error];
  }

  /** The usual envelope (API.md, section 3). */
  toBody(): string {
    return JSON.stringify({
      meta: {
        status: this.status,
        error: this.error,
        error_message: this.message,
        ...(this.fields && { error_fields: this.fields }),
      },
      data: {},
    });
  }
}
