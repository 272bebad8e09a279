/** Whether this runs in Node, with files and a network of its own; else in the web worker of a browser. */
export function runsInNode(): boolean {
  return typeof process !== 'undefined' && typeof process.versions.node === 'string';
}
