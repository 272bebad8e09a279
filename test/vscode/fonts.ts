import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packagesFolder } from './folders';

/** Families a page may ask for, and the family of the npm package that is drawn in its place. */
const families = {
  'sans-serif': 'DejaVu Sans',
  'system-ui': 'DejaVu Sans',
  serif: 'DejaVu Serif',
  monospace: 'DejaVu Sans Mono',
};

/**
 * Writes a fontconfig file that offers the fonts of npm packages: on a machine without any font the browser draws no
 * text and hangs.
 *
 * @param folder where the file and the font cache go.
 * @returns the file's path, for `FONTCONFIG_FILE`.
 */
export async function writeFontsConfiguration(folder: string): Promise<string> {
  const file = join(folder, 'fonts.conf');
  const aliases = Object.entries(families).map(
    ([family, drawn]) => `  <alias><family>${family}</family><prefer><family>${drawn}</family></prefer></alias>`,
  );
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${join(packagesFolder, 'dejavu-fonts-ttf/ttf')}</dir>`,
    '  <dir>/usr/share/fonts</dir>',
    `  <cachedir>${join(folder, 'fonts')}</cachedir>`,
    ...aliases,
    // For whatever else is asked for, such as the "Ubuntu" of VS Code's own style sheet: not the first font of the disk.
    '  <match target="pattern"><edit name="family" mode="append"><string>DejaVu Sans</string></edit></match>',
    '</fontconfig>',
    '',
  ];
  await writeFile(file, lines.join('\n'));
  return file;
}
