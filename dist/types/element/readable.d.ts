import type { Senses } from '../gate/link.ts';
/** Whether an element has a text of its own. */
export declare function hasText(element: Element, { dom, exec }: Senses): boolean;
export declare function isReadable(layer: Element, answers: ArrayLike<Element>, n: Senses): boolean;
