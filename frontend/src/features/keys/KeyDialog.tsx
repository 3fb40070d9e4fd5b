import { useCommands } from "@/shared/commands/commands";
import { keyCaps } from "@/shared/commands/key-caps";
import { changeSettings, useSettings } from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { KeyCaps } from "@/shared/ui/KeyCaps";
import { keyedGroups } from "./keyed-groups";

const say = text.commands.keys;

interface Row {
  readonly name: string;
  readonly caps: readonly string[];
  /** Off are keys without Ctrl or ⌘ when they are switched off. */
  readonly isOff?: boolean;
}

/** Every key and what it does here, in groups. */
export function KeyDialog({ onClose }: { readonly onClose: () => void }) {
  const groups = keyedGroups(useCommands());
  const singleKeys = useSettings((settings) => settings.singleKeys);
  const isOff = (key: string) => !singleKeys && !key.startsWith("mod+");
  const typing = { name: say.timeframe.name, caps: say.timeframe.keys, isOff: !singleKeys };
  return (
    <Dialog title={say.title} onClose={onClose} isSheet testId="keys">
      {!singleKeys && <SwitchOn />}
      <div className="grid gap-x-8 md:grid-cols-2">
        {groups.map(({ group, commands }) => (
          <Group
            key={group}
            title={text.commands.group(group)}
            rows={[
              ...(group === "chart" ? [typing] : []),
              ...commands.map(({ name, key }) => ({ name, caps: keyCaps(key), isOff: isOff(key) })),
            ]}
          />
        ))}
        <Group
          title={say.chart}
          rows={say.onChart.map(({ name, keys }) => ({ name, caps: keys }))}
        />
      </div>
    </Dialog>
  );
}

function SwitchOn() {
  return (
    <div className="mb-2 flex items-center justify-between gap-3 rounded-card border border-warn px-3 py-2">
      <p>{say.areOff}</p>
      <Button onClick={() => changeSettings({ singleKeys: true })}>{say.switchOn}</Button>
    </div>
  );
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  return (
    <section aria-label={title} className="py-2">
      <h3 className="pb-1 text-caps font-medium text-muted">{title}</h3>
      <dl>
        {rows.map(({ name, caps, isOff }) => (
          <div key={name} className="flex items-center justify-between gap-4 py-1">
            <dt className={isOff ? "text-muted line-through" : ""}>{name}</dt>
            <dd>
              <KeyCaps caps={caps} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
