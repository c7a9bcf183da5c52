import { DueContractsStrip } from '#capabilities/contracts/workbench/due-contracts-strip.tsx';
import { CutOffStrip } from '#capabilities/enrollment/workbench/cut-off-strip.tsx';
import { WorklistScreen } from '#capabilities/follow-up/workbench/worklist-screen.tsx';

/** The day's work: visits that are due, and what contracts owe. */
export function TodayScreen() {
  return (
    <WorklistScreen>
      <CutOffStrip onlyMine />
      <DueContractsStrip />
    </WorklistScreen>
  );
}
