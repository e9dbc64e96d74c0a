import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const marks = ['.unblind', '.git', 'package.json', '.vscode'];

/** The folder under which runs of an energy file are kept: the nearest one that looks like a project, else the file's own. */
export function projectRoot(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (marks.some((mark) => existsSync(join(folder, mark)))) return folder;
    if (dirname(folder) === folder) return dirname(file);
  }
}
