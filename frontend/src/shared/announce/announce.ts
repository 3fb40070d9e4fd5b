import { create } from "zustand";

export const useAnnouncement = create<{ readonly sentence: string }>(() => ({ sentence: "" }));

/** Has a sentence read out by screen readers, after what they are saying now. */
export function announce(sentence: string): void {
  useAnnouncement.setState({ sentence });
}
