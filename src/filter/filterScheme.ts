import { Uri } from 'vscode';

/** The scheme of the document in which the view's filter is edited. */
export const filterScheme = 'dashly-leads-filter';

/** There is one view, so there is one document. Its name ends as filter files do: the same JSON schema is for both. */
export const filterDocument = Uri.from({ scheme: filterScheme, path: '/view.leads-filter.json' });
