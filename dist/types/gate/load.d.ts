import type { GateLink } from './link.ts';
/** Loads the shell and starts it, unless that has been done. */
export declare function loadShell(): void;
/** Sees to it that the shell comes: as early as painting allows where somebody has to be asked, else when the page idles. */
export declare function schedule(given: GateLink, script: Element | null): void;
