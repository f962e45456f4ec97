import type { KelisimHoldElement } from '../element/hold.ts';
import type { Engine } from '../engine/engine.ts';
import type { GateLink } from '../gate/link.ts';
import type { Clock } from '../host/clock.ts';
import type { Languages } from './language.ts';
import type { Layers } from './layers.ts';
import type { Report } from './report.ts';
export interface Holds {
    /** Covers what is held now, and gives back what no longer is. */
    refresh(): void;
}
export declare function makeHolds(host: {
    engine: Engine;
    link: GateLink;
    clock: Clock;
    languages: Languages;
    layers: Layers;
    report: Report;
    makeHold(): KelisimHoldElement;
}): Holds;
