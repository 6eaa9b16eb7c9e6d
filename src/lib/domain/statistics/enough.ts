// From how many answers on a score is worth a verdict.

/** Below ten answers one person moves NPS by more than ten points: the score is shown grey, without a verdict. */
export const fewestAnswers = 10;

/** Whether n answers are enough for a verdict: 9 are not, 10 are. */
export const hasEnough = (n: number): boolean => n >= fewestAnswers;
