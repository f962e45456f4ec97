import type { GateLink } from './gate/link.ts';
import type { PublicKelisim } from './shell/api.ts';
export type { Kelisim, PublicKelisim } from './shell/api.ts';
export type { ShownState } from './shell/session.ts';
export type { PublicState } from './engine/types.ts';
export { KelisimError } from './engine/error.ts';
/** window.kelisim as bundled code imports it (`kelisim/browser`); undefined where the gate did not run. */
export declare const kelisim: PublicKelisim | undefined;
/** Starts everything behind the gate. Never rejects: what fails is told, and the gate stays as it is. */
export declare function start(link: GateLink): Promise<void>;
