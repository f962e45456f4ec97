import type { Decision } from './rules.ts';
/** CSS in which nothing asks for what is held. */
export declare const closeCss: (text: string, node: Node) => string;
/** CSS with what was held in it and may be asked now. */
export declare const openCss: (text: string, node: Node) => string;
export declare const keepsCss: (text: string) => boolean;
/** The decision about CSS, what is held in it as well; the first that is held answers. */
export declare function cssDecision(text: string, node: Node): Decision;
/** The first address that is held in CSS. */
export declare function heldIn(text: string): string;
