/** Which files belong to the workspace of an energy file: what lies elsewhere is not bundled, and is not quoted in messages. */

import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

const marks = ['.git', 'package.json', '.vscode', '.unblind'];

/** Whether a path is a folder or lies in it. Both absolute. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * The outermost folder above a file that looks like a project, so that packages of one repository reach each other; the file's own folder
 * where none does. Folders that hold everybody's files are never it: the user's home, the one of temporary files, and those above them.
 *
 * @param folder of the energy file, absolute
 */
export function workspaceRoot(folder: string): string {
  const shared = [homedir(), tmpdir()];
  let root = folder;
  for (let at = folder; dirname(at) !== at && !shared.some((one) => isInside(one, at)); at = dirname(at)) {
    if (marks.some((mark) => existsSync(join(at, mark)))) root = at;
  }
  return root;
}

/**
 * Whether a file is one of the workspace; symbolic links are followed. A file that is not there is judged by its path.
 *
 * @param path absolute
 * @param folder of the energy file, absolute
 */
export async function isInWorkspace(path: string, folder: string): Promise<boolean> {
  const real = (one: string): Promise<string> => realpath(one).catch(() => one);
  const [file, own] = await Promise.all([real(path), real(folder)]);
  return isInside(file, workspaceRoot(own)) || isInside(file, workspaceRoot(folder));
}
