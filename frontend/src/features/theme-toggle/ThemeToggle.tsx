import { text } from "@/shared/text";
import { chooseTheme, useTheme } from "@/shared/theme/theme";
import { IconButton } from "@/shared/ui/IconButton";

export function ThemeToggle() {
  const isDark = useTheme() === "dark";
  return (
    <IconButton
      label={isDark ? text.theme.toLight : text.theme.toDark}
      onClick={() => chooseTheme(isDark ? "light" : "dark")}
      testId="theme-toggle"
    >
      {isDark ? <Sun /> : <Moon />}
    </IconButton>
  );
}

function Sun() {
  return (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1" />
    </>
  );
}

function Moon() {
  return <path d="M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3Z" />;
}
