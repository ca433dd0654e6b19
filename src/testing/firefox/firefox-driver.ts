import type { Driver } from '../driver';

export const firefoxDriver: Driver = {
  name: 'firefox',
  launch: () => Promise.reject(new Error('Not yet')),
};
