import type { Surface, SurfaceHost } from '../element/surface.ts';
import type { Engine } from '../engine/engine.ts';
import type { GateLink } from '../gate/link.ts';
import type { Clock } from '../host/clock.ts';
import type { Report } from './report.ts';
import type { Session } from './session.ts';
export interface FormsHost {
    engine: Engine;
    link: GateLink;
    clock: Clock;
    session: Session;
    report: Report;
    surfaceHost: SurfaceHost;
    makeSurface(root: ShadowRoot, box: HTMLElement, host: SurfaceHost): Surface;
    lang(): string;
    /** Gives the engine the language. */
    speak(): Promise<unknown>;
}
export interface Forms {
    /** Equips what forms there are, and says it in the language of now. */
    refresh(): Promise<void>;
}
export declare function makeForms(host: FormsHost): Forms;
