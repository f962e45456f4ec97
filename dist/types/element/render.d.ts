import type { ViewNode, ViewTree } from '../engine/types.ts';
import type { Natives } from '../gate/link.ts';
export type Pens = Pick<Natives, 'createElement' | 'dom' | 'exec' | 'keysOf'>;
/** What a control stands for, whatever its attributes say later. */
export interface Meaning {
    action?: string | undefined;
    target?: string | undefined;
    clause?: string;
    scope?: string | undefined;
    id?: string | undefined;
}
export type Means = (control: HTMLElement, meaning: Meaning) => void;
/** A whole layer. */
export declare function renderLayer(pens: Pens, tree: ViewTree, means: Means): HTMLElement;
/** One node outside a layer, such as a clause. */
export declare const renderNode: (pens: Pens, node: ViewNode, means: Means) => HTMLElement | undefined;
