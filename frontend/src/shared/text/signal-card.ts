export const signalCard = {} as const;
