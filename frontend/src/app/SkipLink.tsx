import { text } from "@/shared/text";

/** Where it leads to: the content of every page. */
export const CONTENT_ID = "content";

/** For the keyboard: past the navigation, straight to what the page is about. */
export function SkipLink() {
  return (
    <a
      href={`#${CONTENT_ID}`}
      className="fixed top-2 left-2 z-40 -translate-y-16 rounded-card border border-accent bg-raised px-4 py-2 font-medium focus:translate-y-0"
    >
      {text.nav.skip}
    </a>
  );
}
