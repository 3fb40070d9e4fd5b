import { useState } from "react";
import { flushSync } from "react-dom";
import { times } from "@/shared/format/times";
import { changeSettings, useSettings, type TimeZone } from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { Segmented } from "@/shared/ui/Segmented";
import { SettingRow } from "./SettingRow";

const say = text.settings.time;
const PLACE = "time-zone";

const ZONES = (["utc", "local"] as const satisfies readonly TimeZone[]).map((value) => ({
  value,
  name: say.zones[value],
}));

/** The whole page is drawn anew in the other zone: the focus goes to where it was. */
function choose(timeZone: TimeZone): void {
  flushSync(() => changeSettings({ timeZone }));
  document.querySelector<HTMLElement>(`#${PLACE} [aria-pressed="true"]`)?.focus();
}

/** In which zone times are written, with the time it is now as an example. */
export function TimeCard() {
  const timeZone = useSettings((settings) => settings.timeZone);
  const [nowMs] = useState(() => Date.now());
  return (
    <Card title={say.title}>
      <SettingRow name={say.zone} detail={say.zoneDetail(times.moment(nowMs), times.zone(nowMs))}>
        <div id={PLACE}>
          <Segmented label={say.zone} choices={ZONES} value={timeZone} onChoose={choose} />
        </div>
      </SettingRow>
    </Card>
  );
}
