/** File systems of a few kilobytes, where this machine lets them be mounted. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const page = 4096;
const mounted = new Set<string>();

function unmount(place: string): void {
  execFileSync('umount', [place], { stdio: 'ignore' });
  mounted.delete(place);
}

process.on('exit', () => mounted.forEach(unmount));

/** Bytes that the files below a directory take on a file system of whole pages, directories included. */
export function room(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size)
    .reduce((sum, size) => sum + page * Math.ceil(size / page), page);
}

/** An empty file system in the place of a folder. */
export class SmallDisk {
  private constructor(private readonly place: string) {}

  /** Undefined where none can be mounted. The folder must be empty or not exist. */
  static mount(place: string, bytes: number): SmallDisk | undefined {
    mkdirSync(place, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', place], { stdio: 'ignore' });
    } catch {
      return undefined;
    }
    mounted.add(place);
    return new SmallDisk(place);
  }

  /** Whether this machine lets one be mounted. */
  static available(folder: string): boolean {
    const place = join(folder, 'mount');
    const disk = SmallDisk.mount(place, page);
    disk?.unmount();
    rmdirSync(place);
    return disk !== undefined;
  }

  grow(bytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.place], { stdio: 'ignore' });
  }

  /** What it held is gone. */
  unmount(): void {
    unmount(this.place);
  }
}
