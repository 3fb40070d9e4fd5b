export const confluence = {} as const;
