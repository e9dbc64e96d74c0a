import { sharedFolder } from './lib/sharedFolder';

export const run = sharedFolder('one', 'other');
