/**
 * Numbers that JSON does not have, on their way from the extension host to a page: VS Code writes messages as JSON, typed arrays aside,
 * and NaN or an infinity would arrive as null, which means that a value is unknown.
 */

const key = '$number';

/** The message with each number that is not finite as `{ $number: 'NaN' }` and the like; typed arrays are not copied. */
export function toWire(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : { [key]: String(value) };
  return mapped(value, toWire);
}

/** What `toWire` was given. */
export function fromWire(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && key in value) return Number(value[key]);
  return mapped(value, fromWire);
}

function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(change);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, change(entry)]));
}
