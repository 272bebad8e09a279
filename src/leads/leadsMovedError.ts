/** The list was re-sorted so much while it was read that the reading cannot be continued. */
export class LeadsMovedError extends Error {
  constructor() {
    super('The leads changed places faster than they can be read. Refresh to read them from the start.');
    this.name = 'LeadsMovedError';
  }
}
