import type { PolicyHost } from '../element/policy.ts';
import type { KelisimWidgetElement, WidgetHost } from '../element/widget.ts';
import type { Engine } from '../engine/engine.ts';
import type { GateLink, StorageItem } from '../gate/link.ts';
import type { Clock } from '../host/clock.ts';
import type { History } from './history.ts';
import type { Languages } from './language.ts';
import type { Report } from './report.ts';
import type { Session } from './session.ts';
export interface LayersHost {
    engine: Engine;
    link: GateLink;
    clock: Clock;
    languages: Languages;
    session: Session;
    report: Report;
    /** Makes the widget, or takes the one that came with the page. */
    makeWidget(): KelisimWidgetElement;
    /** Where the handle floats, or none. */
    handle: 'start' | 'end' | 'none';
    /** Verbatim text of the policy, given to the engine; rejects when it is not to be had. */
    loadText(): Promise<void>;
    history(): Promise<History>;
    saveReceipts(format: string): void;
}
export interface Layers extends WidgetHost, PolicyHost {
    /** The language of now. */
    lang(): string;
    /**
     * Opens a layer, and the focus goes there.
     * @param how  on: on top of what is open. quiet: nobody asked for it, so the focus stays where it is.
     */
    open(layer: string, how?: 'on' | 'quiet'): Promise<void>;
    /** Draws what is open, in the language of now. */
    draw(): Promise<void>;
    /** Away with everything; nothing is decided. */
    close(): void;
    isOpen(): boolean;
    /** Has the engine write the choices once, so that opening them finds its code compiled; what a grant looks at is looked at once. */
    warm(): void;
    /** After a change from elsewhere: a question that was answered goes. */
    refresh(ask: boolean): void;
    /** Receipts were sent, or in vain. */
    follow(): void;
    /** Back with the widget, as it was, where the page has written itself anew. */
    stay(): void;
    /** After a withdrawal: what is left to the person. */
    left(items: StorageItem[], services: string[]): Promise<void>;
}
export declare function makeLayers(host: LayersHost): Layers;
