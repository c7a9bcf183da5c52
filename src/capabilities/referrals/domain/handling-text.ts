import type { HandlingStep } from '#clinical/referral/first-handling-steps.ts';
import { timeInChina } from '#kernel/china-time.ts';
import { inPattern } from '#kernel/in-pattern.ts';
import { referralLengths } from './check-asked.ts';

/** Whether the text says that the step was done: the text is what is sent, and the list is only read off it. */
export const isWritten = (text: string, step: HandlingStep): boolean => text.includes(step.done);

/**
 * Writes a step that was just done into the text with the minute in China (`14:05`), or takes it out again; what was typed beside
 * it stays. Unchanged where the text has no room for it.
 */
export function toggleStep(text: string, step: HandlingStep, now: Date): string {
  if (isWritten(text, step))
    return text.replace(new RegExp(`(?:\\d\\d:\\d\\d )?${inPattern(step.done)}。?`), '').trim();
  const before = text.trim();
  const stop = before === '' || /[。；;！!]$/.test(before) ? '' : '。';
  const longer = `${before}${stop}${timeInChina(now)} ${step.done}。`;
  return longer.length <= referralLengths.firstHandling ? longer : text;
}
