import type { Built } from './built.ts';
import type { Painted, Snapshot } from './link.ts';
/**
 * Waits for the painted layer, and keeps it going until the shell takes it over.
 *
 * @param asks     whether somebody has to be asked; else only the handle is shown
 * @param enforce  puts a snapshot in force
 */
export declare function paint(built: Built, asks: boolean, enforce: (snapshot: Snapshot) => void): Painted;
/** Whether the painted layer has to ask. */
export declare const hasToAsk: () => boolean;
