import type { LogId } from '../../messages/store';
import type { Finding } from './detector';

export interface HealthReport {
  findings: Finding[];
  /** Frames looked at of frames there are. */
  scanned: number;
  total: number;
}

export type HealthCalls = {
  /** Looks at what came since, for as long as a call may take, and tells what was found until now. */
  health: { params: { log: LogId }; result: HealthReport };
};
