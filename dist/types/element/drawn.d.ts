import type { Senses } from '../gate/link.ts';
import type { Meaning } from './render.ts';
/** Controls and what they stand for: a chain, for the methods of a list or map are anybody's. */
export interface Known {
    control: Element;
    meaning: Meaning;
    next: Known | null;
}
export declare function meaningOf(known: Known | null, control: unknown): Meaning | null;
/**
 * @param skip  what stands there beside the drawing
 * @param means  of the controls in the page, and of those in the drawing
 */
export declare function isDrawn(there: Node, drawing: Node, skip: (node: Node) => boolean, means: [there: Known | null, drawing: Known | null], { dom }: Pick<Senses, 'dom'>): boolean;
