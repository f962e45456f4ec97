import type { Senses } from '../gate/link.ts';
/**
 * Gives a shadow root the styles, and takes every other adopted sheet away.
 *
 * @param nonce  for browsers without constructable sheets
 * @param anew   somebody may have written in the sheet there is
 */
export declare function style(root: ShadowRoot, nonce: string, { css: { make } }: Pick<Senses, 'css'>, anew?: boolean): void;
/**
 * Whether whatever styles a shadow root beside our own sheet says no more of what is in it than colours, lines and shadows, and these do
 * no harm as they are painted. Dark modes of browser extensions put such sheets there.
 */
export declare function isPlain(root: ShadowRoot, n: Senses): boolean;
