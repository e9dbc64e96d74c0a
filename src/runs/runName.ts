/** What the name of a run directory tells before anything in it is read. */

/**
 * Milliseconds since 1970 of the date with which a name begins, as in `20261122-141503-fourModes-mfd`, read as if it were UTC: it is the
 * local time of whoever wrote it. Undefined where a name begins otherwise.
 */
export function dateOfRunName(name: string): number | undefined {
  const digits = /^(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})(?:-|$)/.exec(name);
  if (digits === null) return undefined;
  const [year, month, day, hour, minute, second] = digits.slice(1).map(Number) as [number, number, number, number, number, number];
  const date = Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isNaN(date) ? undefined : date;
}
