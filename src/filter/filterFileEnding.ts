/** How files with filters end: `*.leads-filter.json`. Their JSON schema, in `package.json`, goes by it too. */
export const filterFileEnding = '.leads-filter.json';
