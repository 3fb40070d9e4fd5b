import { useEffect } from "react";
import { navigate } from "wouter/use-browser-location";
import { offer } from "@/shared/commands/commands";
import { hrefNow } from "@/shared/view/use-view";
import { PAGES } from "./pages";

/** Offers each page in the palette. */
export function useGoCommands(): void {
  useEffect(() => {
    const offered = PAGES.map(({ path, name }) =>
      offer({ id: `go ${path}`, group: "go", name, run: () => navigate(hrefNow(path)) }),
    );
    return () => offered.forEach((takeBack) => takeBack());
  }, []);
}
