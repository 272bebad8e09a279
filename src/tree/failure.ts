import type { ContextKeys } from '../editor/contextKeys';

/** The welcome view that fits what kept the first page from coming. */
export function failureOf(error: unknown): ContextKeys['failure'] {
  void error;
  return 'other';
}
