import { text } from "@/shared/text";
import type { Source } from "./frozen-inputs";

const words = text.signalPage.inputs;

/** Who was asked, and who did not answer. */
export function InputSources({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <ul>
      {sources.map(({ name, absence }) => (
        <li key={name} className={absence === null ? "" : "text-warn"}>
          <span aria-hidden="true">{absence === null ? "✓" : "✕"} </span>
          {words.source(name)}: {absence === null ? words.present : words.absent(absence)}
        </li>
      ))}
    </ul>
  );
}
