import { useEffect } from "react";
import { offer } from "@/shared/commands/commands";
import { changeSettings, useSettings } from "@/shared/settings/settings";
import { differentSettings } from "./different-settings";

/** Offers in the palette whatever is not set so already. */
export function useSettingCommands(): void {
  const settings = useSettings();
  useEffect(() => {
    const offered = differentSettings(settings).map(({ name, part }) =>
      offer({ id: `set ${name}`, group: "setting", name, run: () => changeSettings(part) }),
    );
    return () => offered.forEach((takeBack) => takeBack());
  }, [settings]);
}
