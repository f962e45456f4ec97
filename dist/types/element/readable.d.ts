import type { Senses } from '../gate/link.ts';
/** Whether an element has a text of its own. */
export declare function hasText(element: Element, { dom, exec }: Senses): boolean;
type Colour = {
    light: number;
    alpha: number;
};
/** Relative luminance (WCAG 2.2); null for a notation that is not sRGB's, which nobody could judge here. */
export declare function readColour(text: string, { exec }: Pick<Senses, 'exec'>): Colour | null;
/**
 * Whether every switch and tick tells on from off, in either state: by a mark that is seen where it is, or by a ground that is that of
 * everything around while it is off, and another while it is on.
 */
export declare function showsSwitches(root: ShadowRoot, n: Senses): boolean;
export declare function isReadable(layer: Element, answers: ArrayLike<Element>, n: Senses): boolean;
export {};
