import type { Engine } from '../engine/engine.ts';
import type { PublicState } from '../engine/types.ts';
import type { Attached, GateLink } from '../gate/link.ts';
import type { Clock } from '../host/clock.ts';
import type { Keep } from '../keep.ts';
import type { Layers } from './layers.ts';
import type { Sync } from './outbox.ts';
import type { Report } from './report.ts';
import type { Session } from './session.ts';
/** What `state()` says, before the engine is up and after. */
export type ShownState = Omit<PublicState, 'policy' | 'ask'>;
export interface Kelisim extends Attached {
    state(): ShownState;
    sync(): Promise<Sync>;
}
/** window.kelisim (design, section 5). */
export interface PublicKelisim extends Kelisim {
    /** Resolves to the same object once the engine runs. */
    ready: Promise<PublicKelisim>;
    /** Listens to an event without its prefix: "change", "receipt", …; answers with what ends it. */
    on(type: string, listener: (event: CustomEvent) => void): () => void;
}
export declare function publicApi(host: {
    engine: Engine;
    link: GateLink;
    clock: Clock;
    session: Session;
    layers: Layers;
    keep: () => Promise<Keep>;
    report: Report;
}): Kelisim;
