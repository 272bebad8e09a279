/** User settings with which the extension opens connected to its built-in sample app. */
export const startSettings = { 'dashlyLeads.startWithSampleApp': true } as const;
