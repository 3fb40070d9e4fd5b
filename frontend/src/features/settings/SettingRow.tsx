import type { ReactNode } from "react";

interface SettingRowProps {
  readonly name: string;
  /** What it does, in a sentence. */
  readonly detail: string;
  readonly children: ReactNode;
}

/** A setting, what it does and its control. */
export function SettingRow({ name, detail, children }: SettingRowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line py-3 not-first-of-type:border-t first-of-type:pt-1 last-of-type:pb-0">
      <div className="max-w-xl min-w-0 flex-1 basis-60">
        <h3 className="font-medium">{name}</h3>
        <p className="text-muted">{detail}</p>
      </div>
      {children}
    </div>
  );
}
