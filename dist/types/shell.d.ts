import type { GateLink } from './gate/link.ts';
export type { Kelisim } from './shell/api.ts';
export type { PublicState } from './engine/types.ts';
export { KelisimError } from './engine/error.ts';
/** Starts everything behind the gate. Never rejects: what fails is told, and the gate stays as it is. */
export declare function start(link: GateLink): Promise<void>;
