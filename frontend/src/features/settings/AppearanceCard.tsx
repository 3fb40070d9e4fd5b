import {
  changeSettings,
  useSettings,
  type Palette,
  type ThemeChoice,
} from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { Segmented } from "@/shared/ui/Segmented";
import { CandlePreview } from "./CandlePreview";
import { SettingRow } from "./SettingRow";

const say = text.settings.appearance;

const THEMES = (["system", "dark", "light"] as const satisfies readonly ThemeChoice[]).map(
  (value) => ({ value, name: say.themes[value] }),
);

const PALETTES = (["standard", "colour-blind"] as const satisfies readonly Palette[]).map(
  (value) => ({ value, name: say.palettes[value] }),
);

/** Theme and palette, with candles that wear them. */
export function AppearanceCard() {
  const { theme, palette } = useSettings();
  return (
    <Card title={say.title}>
      <SettingRow name={say.theme} detail={say.themeDetail}>
        <Segmented
          label={say.theme}
          choices={THEMES}
          value={theme}
          onChoose={(chosen) => changeSettings({ theme: chosen })}
        />
      </SettingRow>
      <SettingRow name={say.palette} detail={say.paletteDetail}>
        <div className="flex flex-wrap items-center gap-4">
          <CandlePreview />
          <Segmented
            label={say.palette}
            choices={PALETTES}
            value={palette}
            onChoose={(chosen) => changeSettings({ palette: chosen })}
          />
        </div>
      </SettingRow>
    </Card>
  );
}
