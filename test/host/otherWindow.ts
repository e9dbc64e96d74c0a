import { sharedFolder } from './lib/sharedFolder';

export const run = sharedFolder('other', 'one');
