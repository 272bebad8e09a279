const count = new Intl.NumberFormat('en');

/** `1 lead`, `12,345 leads`. */
export function plural(number: number, noun: string): string {
  return `${count.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** `150 of 12,345`. */
export function ofTotal({ loaded, total }: { readonly loaded: number; readonly total: number | undefined }): string {
  return total === undefined ? count.format(loaded) : `${count.format(loaded)} of ${count.format(total)}`;
}
