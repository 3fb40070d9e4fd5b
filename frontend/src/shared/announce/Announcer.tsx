import { useAnnouncement } from "./announce";

/** The page's one live region. */
export function Announcer() {
  const sentence = useAnnouncement((state) => state.sentence);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {sentence}
    </div>
  );
}
