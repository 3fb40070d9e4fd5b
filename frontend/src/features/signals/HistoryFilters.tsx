import { text } from "@/shared/text";
import { NamedSegmented } from "@/shared/ui/NamedSegmented";
import { ORIGINS, SIDES, STATUSES } from "./history-filter";
import { useHistoryFilter } from "./use-history-filter";

const words = text.signals.history;
const ANY = "any";

/** Which signals are listed: by side, status and origin. */
export function HistoryFilters() {
  const [filter, changeFilter] = useHistoryFilter();
  return (
    <div role="group" aria-label={words.filters} className="flex flex-wrap gap-x-3 gap-y-2">
      <NamedSegmented
        label={words.side}
        choices={SIDES.map((side) => ({ value: side, name: words.sideName(side) }))}
        value={filter.side}
        onChoose={(side) => changeFilter({ side })}
      />
      <Choice
        label={words.status}
        values={STATUSES}
        nameOf={text.signal.status}
        value={filter.status}
        onChoose={(status) => changeFilter({ status })}
      />
      <Choice
        label={words.origin}
        values={ORIGINS}
        nameOf={text.signal.origin}
        value={filter.origin}
        onChoose={(origin) => changeFilter({ origin })}
      />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly values: readonly T[];
  readonly nameOf: (value: string) => string;
  readonly value: T | null;
  readonly onChoose: (value: T | null) => void;
}

/** One of the values, or any of them. */
function Choice<T extends string>({ label, values, nameOf, value, onChoose }: ChoiceProps<T>) {
  const choices = values.map((one) => ({ value: one, name: nameOf(one) }));
  return (
    <NamedSegmented<T | typeof ANY>
      label={label}
      choices={[{ value: ANY, name: words.any }, ...choices]}
      value={value ?? ANY}
      onChoose={(chosen) => onChoose(chosen === ANY ? null : chosen)}
    />
  );
}
