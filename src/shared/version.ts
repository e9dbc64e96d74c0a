/** Version of Unblind; the build puts package.json's here, so the two cannot differ. */
declare const UNBLIND_VERSION: string | undefined;

export const version: string = typeof UNBLIND_VERSION === 'string' ? UNBLIND_VERSION : 'development';
