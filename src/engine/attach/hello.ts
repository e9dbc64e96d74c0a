/** What a visitor says first. */
export interface Hello {
  readonly type: 'hello';
  readonly token: string;
  readonly version: string;
}

/** Bytes of the longest one, with all that a stranger might add. */
export const longestHello = 1024;

export function isHello(value: unknown): value is Hello {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'hello' &&
    'token' in value &&
    typeof value.token === 'string' &&
    'version' in value &&
    typeof value.version === 'string'
  );
}
