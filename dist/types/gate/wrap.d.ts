export type Native = (...args: any[]) => any;
export declare const isWrapped: (value: unknown) => boolean;
/**
 * Replaces methods of an interface, for "" of the window, or of an object, as far as the browser has them.
 * @param handler  Gets the built-in, `this` and the arguments, at least as many as the built-in asks for.
 * @param whose    Whose errors a call with too few arguments gives.
 */
export declare function methods(view: any, owner: any, names: string, handler: (native: Native, self: any, args: any[], name: string) => unknown, whose?: (self: any) => any): void;
/**
 * Replaces the setter, or the getter, of an accessor of an interface.
 * @param whose  Whom the getter is asked of, for what page code has in hand.
 */
export declare function accessor(view: any, owner: any, name: string, set?: ((store: (value: unknown) => void, self: any, value: any) => void) | null, get?: (value: any, self: any) => unknown, whose?: (self: any) => any): void;
/**
 * Replaces constructors of a window.
 * @param handler  Gets the arguments, what makes an object with the built-in, what was called with `new`, and the built-in's name.
 */
export declare function constructors(view: any, names: string, handler: (args: any[], make: (args: any[]) => any, target: any, name: string) => any): void;
/** Lets wrapped functions of every realm look native when their source is asked for in this one. */
export declare const hideSources: (view: any) => void;
