import { numbers } from "@/shared/format/numbers";
import { text } from "@/shared/text";
import type { Reading } from "./frozen-inputs";

const words = text.signalPage.inputs;

/** What the indicators read then. */
export function InputReadings({ readings }: { readonly readings: readonly Reading[] }) {
  return (
    <table className="w-full">
      <caption className="sr-only">{words.indicators}</caption>
      <tbody>
        {readings.map(({ name, value }) => (
          <tr key={name} className="h-6 border-t border-line first:border-t-0">
            <th scope="row" className="text-left font-normal">
              {words.indicator(name)}
            </th>
            <td className="text-right">{value === null ? words.notWarm : numbers.price(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
